"""Compact lists of given names, countries, regions and cities that anchor the entities of the starter engine."""

import functools

_GIVEN_NAMES = """
Aaron Abdul Abdullah Abigail Ada Adam Adela Adele Adriana Adrian Agata Agnes Agnieszka Ahmad Ahmed Aiko Aisha Akira
Alan Alana Alba Albert Alberto Alejandro Alejandra Aleksander Aleksandra Alessandra Alessandro Alex Alexander Alexandra
Alexei Alexis Alfonso Alfred Ali Alice Alicia Alina Alison Allison Alma Alvaro Amal Amanda Amara Amber Amelia Amina
Amir Amit Amy Ana Anaïs Anders Andrea Andreas Andrei Andrew Andrzej Andy Angela Angelo Angus Anika Anil Anita Anja
Ann Anna Annabel Anne Annette Annika Anthony Antoine Anton Antonia Antonio Anwar Aoife Arjun Arlene Armando Arnaud
Arthur Arturo Arun Asha Ashley Astrid Audrey Aurora Ayesha Axel Aziz Barbara Barry Bart Bartosz Basil Beatrice Beatriz
Becky Ben Benedict Benjamin Benoît Bernadette Bernard Bernd Bert Beth Bethany Bianca Birgit Björn Blanca Boris Brad
Brandon Brenda Brendan Brian Bridget Brigitte Bruno Bryan Camila Camille Carina Carl Carla Carlo Carlos Carmen Carol
Carolina Caroline Catherine Cathy Cecilia Cedric Celia Celine César Charles Charlie Charlotte Chen Chiara Chloe Chris
Christian Christina Christine Christoph Christopher Claire Clara Claudia Claus Clemens Clive Colin Connor Conor
Constance Corinna Craig Cristina Cynthia Dagmar Daniel Daniela Danielle Daria Darren Dave David Deborah Deepak Deirdre
Denis Denise Dennis Derek Desmond Diana Diane Diego Dieter Dimitri Dina Dmitri Dominic Dominik Donald Donna Dora Doris
Dorothy Douglas Duncan Dylan Eamon Edith Eduardo Edward Edwin Eileen Ekaterina Elaine Elena Eleanor Elias Elif Elisa
Elisabeth Elise Elizabeth Ella Ellen Elliot Elsa Emil Emilia Emily Emma Emmanuel Enrico Enrique Eric Erica Erik Erika
Ernst Esther Eugene Eva Evan Eve Evelyn Ewa Fabian Fabio Faisal Farah Farid Fatima Federico Felicia Felipe Felix
Fernanda Fernando Fiona Florence Florian Frances Francesca Francesco Francis Francisco Frank Franz Fred Freda Frederick
Frederik Frieda Fritz Gabriel Gabriela Gareth Gary Gavin Gemma Geoffrey George Georgia Gerald Gerard Gerhard Giacomo
Gianluca Gillian Gina Giorgio Giovanni Giulia Giuseppe Gloria Gordon Graham Greg Gregory Greta Guido Guillaume Gunnar
Gustav Hamid Hanna Hannah Hans Harald Harold Harriet Harry Hasan Hassan Hazel Heather Hector Heidi Heike Helen Helena
Helga Helmut Henri Henrik Henry Herbert Hilary Hiro Hiroshi Holger Holly Horst Howard Hugh Hugo Ian Ibrahim Ida Ignacio
Igor Ilse Imran Ines Ingrid Irene Irina Isaac Isabel Isabella Isabelle Ismail Ivan Ivana Jack Jackie Jacob Jacqueline
Jacques Jakob Jakub James Jamie Jan Jana Jane Janet Janine Jasmin Jason Javier Jean Jeff Jeffrey Jennifer Jens Jeremy
Jerome Jesse Jessica Jill Jim Jin Joachim Joan Joanna Joanne João Joe Joel Johan Johanna Johannes John Jonas Jonathan
Jorge José Josef Joseph Josephine Joshua Joyce Juan Juana Judith Julia Julian Julie Juliet Julio Julius Jun Jürgen
Justin Kai Kamal Karen Karim Karin Karina Karl Karla Katarina Kate Katharina Katherine Kathleen Kathryn Kathy Katie
Katja Katrin Kavita Keith Kelly Ken Kenji Kenneth Kerstin Kevin Khalid Kim Kiran Kirsten Klaus Konrad Kristina Kristof
Krzysztof Kumar Kurt Kwame Kyle Lakshmi Lara Lars Laura Lauren Laurent Lawrence Lea Leah Leila Lena Leo Leon Leonard
Leonardo Leslie Levi Lewis Liam Lidia Lilian Lily Lin Linda Lisa Liv Livia Lorenzo Lorna Lottie Louis Louisa Louise
Luca Lucas Lucia Lucie Lucy Luigi Luis Luisa Luke Lydia Lynn Maarten Magda Magdalena Magnus Mahmoud Maja Malcolm
Małgorzata Manuel Manuela Marc Marcel Marcela Marco Marcos Marcus Margaret Margarita Maria María Marian Marianne Marie
Marina Mario Marion Marisa Marjorie Marko Markus Marta Martha Martin Martina Mary Mateo Mateusz Mathias Matilda Matteo
Matthew Matthias Maureen Maurice Mauro Max Maximilian Maya Megan Mehmet Mei Melanie Melissa Mercedes Mia Michael
Michaela Michal Michel Michelle Miguel Mike Mikhail Milan Milena Mira Miriam Mohamed Mohammad Mohammed Moira Monica
Monika Morgan Moritz Moses Muhammad Mustafa Nadia Nadine Naomi Natalia Natalie Natasha Nathan Neil Nellie Niall
Nicholas Nick Nicola Nicolas Nicole Niels Nigel Nikolai Nils Nina Nisha Noah Noel Nora Norma Norman Nuria Oksana Olaf
Oleg Olga Oliver Olivia Omar Oscar Otto Owen Pablo Pamela Paola Paolo Parisa Patricia Patrick Paul Paula Paulina Pauline
Pavel Pedro Peggy Penelope Per Peter Petra Phil Philip Philippa Philippe Phyllis Pierre Pietro Piotr Priya Rachel Rafael
Rahul Rainer Raj Rajesh Ralf Ralph Ramon Raúl Ravi Raymond Rebecca Regina Reinhard Renata Renate René Ricardo Richard
Rita Robert Roberta Roberto Robin Rodrigo Roger Roland Roman Ronald Ronan Rory Rosa Rosalind Rosemary Ross Roy Rosie
Ruben Rudolf Rupert Russell Ruth Ryan Sabine Said Saïd Salim Sally Salma Sam Samantha Samir Samira Samuel Sandra Sanjay
Sara Sarah Saskia Scott Sean Sebastian Selma Serena Sergei Sergio Shane Sharon Sheila Shirley Siân Sigrid Silvia Simon
Simona Simone Sinéad Sofia Sofie Sonia Sonja Sophia Sophie Stefan Stefania Stefano Steffen Stella Stephan Stephanie
Stephen Steve Steven Stuart Sunita Suresh Susan Susanna Susanne Suzanne Svein Svetlana Sven Sybil Sylvia Tamara Tanja
Tanya Tara Tatiana Ted Teresa Terence Terry Tessa Theo Theodore Theresa Thomas Thorsten Tiago Tim Timothy Tina Tobias
Toby Todd Tom Tomás Tomasz Tony Torsten Tracy Trevor Tristan Udo Ulrich Ulrike Umar Ursula Ute Uwe Valentina Valerie
Vanessa Vera Veronica Victor Victoria Vijay Viktor Vikram Vincent Viola Virginia Vivian Vladimir Walter Wanda Wei Wendy
Werner Wilhelm William Winston Wojciech Wolfgang Xavier Yan Yasmin Yasmine Yousef Yuki Yuri Yusuf Yvonne Zachary Zahra
Zainab Zara Zhang Zoe Zofia Zoltan
"""
_AMBIGUOUS_NAMES = """
Amber Angus Art Basil Bill Chase Chen Christian Clay Dale Dean Drew Earl Faith Florence Frank Georgia Grace Grant Harry
Hazel Heather Holly Hope Iris Ivy Jack Jan Jasmin Jean Jordan Joy Ken Kim King Kumar Lance Lily Lin Mark May Max Maya
Mercedes Milan Miles Norma Norman Olive Paris Pat Patience Penny Per Ray Regina Robin Rob Rose Ross Roman Rosemary Ruby
Said Sally Sam Sandy Sterling Ted Tony Umar Victoria Viola Virginia Wade Will Young Zhang
"""
_COUNTRIES = """
Afghanistan Albania Algeria Andorra Angola Argentina Armenia Australia Austria Azerbaijan Bahrain Bangladesh Belarus
Belgium Bolivia Botswana Brazil Bulgaria Cambodia Cameroon Canada Chile China Colombia Croatia Cuba Cyprus Czechia
Denmark Ecuador Egypt England Estonia Ethiopia Finland France Germany Ghana Greece Guatemala Haiti Honduras Hungary
Iceland India Indonesia Iran Iraq Ireland Israel Italy Jamaica Japan Jordan Kazakhstan Kenya Kuwait Latvia Lebanon Libya
Liechtenstein Lithuania Luxembourg Madagascar Malaysia Mali Malta Mexico Moldova Monaco Mongolia Montenegro Morocco
Mozambique Myanmar Namibia Nepal Netherlands Nicaragua Nigeria Norway Oman Pakistan Panama Paraguay Peru Philippines
Poland Portugal Qatar Romania Russia Rwanda Scotland Senegal Serbia Singapore Slovakia Slovenia Somalia Spain Sudan
Sweden Switzerland Syria Taiwan Tanzania Thailand Tunisia Turkey Türkiye Uganda Ukraine Uruguay Uzbekistan Venezuela
Vietnam Wales Yemen Zambia Zimbabwe Europe Africa Asia
"""
_REGIONS = """
Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Hawaii Idaho Illinois Indiana Iowa
Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada
Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Wisconsin Wyoming Ontario Quebec Alberta Manitoba
Saskatchewan Queensland Tasmania Bavaria Saxony Brandenburg Hesse Tuscany Lombardy Sicily Sardinia Catalonia Andalusia
Provence Brittany Normandy Burgundy Flanders Wallonia Cornwall Devon Dorset Essex Hampshire Kent Norfolk Somerset
Suffolk Surrey Sussex Yorkshire Lancashire Cumbria Ulster Munster Leinster Punjab Kerala Gujarat Bengal Crete Corsica
"""
_CITIES = """
Aachen Aalborg Aarhus Aberdeen Accra Adelaide Amman Amsterdam Ankara Antwerp Athens Atlanta Auckland Augsburg Austin
Baghdad Baltimore Bangalore Bangkok Barcelona Bari Basel Beijing Beirut Belfast Belgrade Bengaluru Bergen Berlin Bern
Bilbao Birmingham Bochum Bogotá Bologna Bombay Bonn Bordeaux Boston Bradford Bratislava Bremen Brighton Brisbane Bristol
Brno Bruges Brussels Bucharest Budapest Cairo Calgary Cambridge Canberra Cardiff Casablanca Chengdu Chennai Chester
Chicago Cincinnati Cleveland Cologne Copenhagen Cork Coventry Dallas Damascus Darmstadt Delhi Denver Derby Detroit Dhaka
Dortmund Dresden Dubai Dublin Duisburg Dundee Durban Düsseldorf Edinburgh Edmonton Eindhoven Erfurt Essen Exeter
Florence Frankfurt Freiburg Galway Gdańsk Geneva Genoa Ghent Glasgow Gloucester Gothenburg Göteborg Granada Graz
Grenoble
Groningen Guangzhou Haarlem Hamburg Hamilton Hannover Hanover Hanoi Heidelberg Helsinki Houston Hyderabad Innsbruck
Ipswich Istanbul Izmir Jakarta Jeddah Jerusalem Johannesburg Karachi Karlsruhe Kassel Kathmandu Katowice Kiel Kigali
Kolkata Kraków Krakow Kyiv Kyoto Köln Lagos Lahore Lausanne Leeds Leicester
Leiden Leipzig Leuven Lille Lima Limerick
Lincoln Linz Lisbon Liverpool Ljubljana London Lucerne Lübeck Lyon Maastricht Madrid Mainz Málaga Malmö Manchester
Manila
Mannheim Marseille
Melbourne Memphis Miami Milan Milwaukee Minneapolis Minsk Montevideo Montpellier Montreal Montréal
Moscow Mumbai Munich München Münster Nairobi Nantes Naples Nashville Newcastle Nice Nicosia Norwich Nottingham Nuremberg
Odense Orlando Osaka Oslo Ottawa Oxford Padua Palermo Paris Perth Philadelphia Phoenix Pisa Pittsburgh Plymouth Portland
Porto Portsmouth Potsdam Poznań Prague Pune Regensburg Reims Rennes Reykjavik Riga Rome Rostock Rotterdam Sacramento
Salford Salzburg Santiago Sarajevo Seattle Seoul Seville Shanghai Sheffield Shenzhen Sofia Southampton Stavanger
Stockholm Strasbourg Stuttgart Sunderland Swansea Sydney Taipei Tallinn Tampa Tampere Tbilisi Tehran Tokyo Toronto
Toulouse Trieste Trondheim Tunis Turin Turku Uppsala Utrecht Valencia Vancouver Venice Verona Vienna Vilnius Warsaw
Wellington Winnipeg Winterthur Wolverhampton Worcester Wrocław Wuppertal Würzburg York Zagreb Zaragoza Zurich Zürich
"""
_FEATURES = """
Alps Andes Himalayas Pyrenees Apennines Carpathians Dolomites Balkans Caucasus Sahara Siberia Scandinavia Rhine Rhône
Rhone Danube Thames Seine Loire Elbe Oder Vistula Volga Nile Amazonas Ganges Mekong Tagus Ebro Baltic Mediterranean
Atlantic Pacific Arctic Antarctica Crimea Lapland Patagonia Tyrol Silesia Galicia Asturias Aragon Bohemia Moravia
Thuringia Rhineland Westphalia Alsace Lorraine Picardy Savoy Piedmont Liguria Umbria Puglia Calabria Friesland Zealand
Jutland Skåne Highlands Hebrides Orkney Shetland Snowdonia Dartmoor Exmoor Cotswolds
"""
_MORE_CITIES = """
Tromsø Bodø Ålesund Kristiansand Drammen Linköping Västerås Örebro Umeå Oulu Espoo Vantaa Aachen Bielefeld Braunschweig
Chemnitz Cottbus Flensburg Göttingen Halle Hildesheim Jena Koblenz Leverkusen Magdeburg Marburg Oldenburg Osnabrück
Paderborn Passau Saarbrücken Schwerin Trier Tübingen Ulm Wiesbaden Zwickau Bregenz Klagenfurt Villach Lugano Biel Thun
Chur Amiens Angers Avignon Besançon Caen Dijon Limoges Metz Mulhouse Nancy Nîmes Orléans Perpignan Poitiers Rouen Tours
Alicante Almería Badajoz Burgos Cádiz Cartagena Castellón Córdoba Gijón Huelva León Lleida Logroño Murcia Oviedo
Palma
Pamplona Salamanca Santander Segovia Sevilla Tarragona Toledo Valladolid Vigo Vitoria Ancona Bergamo Brescia Cagliari
Catania Ferrara Modena Parma Perugia Pescara Ravenna Rimini Salerno Siena Taranto Trento Udine Braga Coimbra Faro
Setúbal Bydgoszcz Gdansk Gdynia Lublin Łódź Szczecin Białystok Cluj Timișoara Iași Varna Plovdiv Skopje Tirana Podgorica
Thessaloniki Patras Larnaca Limassol Valletta Debrecen Szeged Pécs Ostrava Olomouc Plzeň Košice Maribor Split Rijeka
Omaha Tulsa Tucson Albuquerque Raleigh Durham Richmond Jacksonville Savannah Columbus Cleveland Buffalo Albany
Hartford Providence Anchorage Honolulu Spokane Tacoma Boise Wichita Toledo Dayton Halifax Saskatoon Regina Hobart Cairns
Darwin Dunedin Christchurch Dumfries Inverness Stirling Wrexham Carlisle Darlington Doncaster Huddersfield Middlesbrough
Northampton Peterborough Rotherham Scarborough Shrewsbury Slough Stockport Swindon Taunton Torquay Truro Warrington
Wigan Sligo Waterford Drogheda Kilkenny Ennis Tralee
"""
_LONG_PLACES = """
United Kingdom|United States|United States of America|United Arab Emirates|New Zealand|South Africa|South Korea|
North Korea|Saudi Arabia|Sri Lanka|Costa Rica|El Salvador|Dominican Republic|Czech Republic|Ivory Coast|Hong Kong|
Puerto Rico|Northern Ireland|European Union|North Macedonia|Bosnia and Herzegovina|New York|New York City|Los Angeles|
San Francisco|San Diego|San Jose|San Antonio|Las Vegas|New Orleans|Salt Lake City|Kansas City|St. Louis|Fort Worth|
El Paso|Washington, D.C.|Washington DC|New Jersey|New Mexico|New Hampshire|North Carolina|South Carolina|North Dakota|
South Dakota|West Virginia|Rhode Island|British Columbia|Nova Scotia|New Brunswick|New South Wales|Mexico City|
Buenos Aires|Rio de Janeiro|São Paulo|Sao Paulo|Cape Town|Tel Aviv|Abu Dhabi|Kuala Lumpur|New Delhi|Ho Chi Minh City|
The Hague|Den Haag|Milton Keynes|Stoke-on-Trent|St Albans|St Andrews|West Midlands|West Yorkshire|North Yorkshire|
Greater Manchester|Lower Saxony|North Rhine-Westphalia|Baden-Württemberg|Aix-en-Provence|Le Havre|San Sebastián|
Las Palmas|Santa Cruz|Porto Alegre|Addis Ababa|Dar es Salaam|Port Elizabeth|UK|U.K.|USA|U.S.|U.S.A.|UAE|EU
"""


@functools.cache
def _ambiguous() -> frozenset[str]:
    return frozenset(_AMBIGUOUS_NAMES.split())


@functools.cache
def _given_names() -> frozenset[str]:
    return frozenset(_GIVEN_NAMES.split()) | _ambiguous()


@functools.cache
def single_places() -> frozenset[str]:
    """Countries, regions and cities of one word, as written in English or at home."""
    return frozenset(f"{_COUNTRIES} {_REGIONS} {_CITIES} {_FEATURES} {_MORE_CITIES}".split())


@functools.cache
def long_places() -> tuple[str, ...]:
    """Places of several words, and abbreviations of countries; longest first."""
    return tuple(sorted((name.strip() for name in _LONG_PLACES.split("|")), key=len, reverse=True))


def is_given_name(word: str) -> bool:
    """Whether ``word``, capitalised as in the text, is a known given name."""
    return word in _given_names() or ("-" in word and word.split("-")[0] in _given_names())


def is_sure_given_name(word: str) -> bool:
    """Whether ``word`` names a person even on its own: not also a common word, a place or a surname."""
    return is_given_name(word) and word not in _ambiguous() and word not in single_places()
