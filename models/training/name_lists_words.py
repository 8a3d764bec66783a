"""Words that Faker lists as names and that a text seldom means as such, written by hand."""

from models.pii.recognizers.placeholder import listed

# Never taken for a given name: fillers of registers, and words of daily use that few people bear.
NOT_GIVEN = listed(
    """
    aba abb al all also amen an and anon any are as ase aud baby barr bebe bode bozo brain branch bucks bunk but
    by cam cap capa cash chief con constant cord das del demeter den der des desire die dis doc dock dodo dos dot
    dr ean echo edit el emit essence fancy fate female fleet for frau gale gang gauge gee gok gorge governor gray
    greet gret gust ham harden hardy harm harsh has haven hence her herr him his hunt ide ill ima in infant ion is
    isa isis isol isreal it jos karma kick king la las le lean leaner ler les let lex liberty light link loan lon
    look lore los lot made magna major male marshal mat math me mentor mile minor miss mister mon more mother mr
    mrs ms my nail nan neta new newt nil nim no none nor not nout nova now octave odd of off oh ok old on one opal
    or orange order orn our out over pan pani para pearly pim ping plan pleas pleasant por precious press primus
    prior prof purity put queen quick raid ran rand rich rusty rut said sale same san sea see sep she sil sin sine
    sir so solver son sr sra star state stone such sun sunny sur sys tea tejas tex thad than that the their then
    theta they this tilde till time tiny to tod tone toy trust try tu turn uk una unknown unnamed uno up us val
    vala valid van vander vid view visa vit von was way we wim wing work worth yaw yes you your zeta
    """
)

# Names that are ordinary words, places, months, brands or peoples as well.
ORDINARY = listed(
    """
    abbey abbott abraham access ace achilles ada adler admin agate agent aida ajax al alamo albany alexa
    alexandria alfa ali allah alma alpha amazon amber amen america american andes angel angustias antigone apollo
    apple april arch arena ares arizona art ascension asia aspen aston asuncion athena atlanta atlas audi aurora
    austin autumn ava avalon avery avon bach bailey banks bard bari baron barry basil baum bay bear beau bell
    benedict bentley berg berkeley berlin beta bill bing bird bishop blaine blake bliss block bloom blossom blue
    bolden bond bonn booker boston bowie bowman brady brandy branson brave brazil breeze brent brest briar brick
    bridge bridger bridges bright bristol brock brook brooklyn brooks brown buck buddha buddy buster butler
    cadence caesar cain cairo cal calendar calla calypso camden cameo candy canyon carmel carmen carol carter
    casper cassia castle cedar celeste celle chain chance chandler chanel chapel charity charm chase chelsea
    cherish cherry chester chevrolet china christ christian christmas christopher cicero cinnamon citrus claude
    clay clement cleveland client cliff clover coal code cody cohere colt columbia comfort como concepcion
    consuelo cook coral corona cosmo cotton courage court courtney cove crew crimson cross crystal curry customer
    daisy dakota dale dallas damask dane danger darling dash data date dawn day dean december deer delight dell
    delta denver desk dev diamond diana diesel dion dixie django dollar dolly dolores dominion dove drake dream
    drew duke dusty eagle earl early earth east easter easton ebony echo eden edge elder electra ember emden
    emerald empress england english epic epsilon essen essex europa eve ever excel faith falcon fall fatima fauna
    faust fawn felicity fern ferrari fetch fidelio field figaro finch fire fisher flask flint flora florence
    florida flower ford forest forrest fortune foster fox france francisco frank franklin free freya friday frost
    fuller gable galaxy gamma garnet gay gemini general genesis geneva genova georgia gera german ginger glass
    glen glory gold golden good grace grand grant gray green grey griffin grove guadalupe guest guy hagen hale
    hall halle halo hamlet hamm happy harbor harbour harley harmony hart harvest havana hawk hazel heath heather
    heaven hector heide henna hera hermes hero hill hilton holland holly honda honest honey honor honour hope horn
    houston hub hudson hung hunter hyacinth iceberg ida illinois imperial india indiana indigo innocent iona
    ireland iris iron irving islam island israel italia ivory ivy jack jade jagged jagger jail jakarta jamaica
    james january jasmine jasper java jay jazz jena jersey jesus jet jewel job jolly jordan journey joy jubilee
    judge julia julius july june juniper juno jupiter justice kai kansas karat keen kelvin kent kentucky kenya
    keystone kia kind kingston kit kitty knight krishna kyoto la lace lacy lady lake lam lambert lance lancia lane
    lark laurel lavender law leaf lecce lee legacy legend len leo lexus liberty lilac lille lily lim lima lime lin
    lincoln linden line lion lis lisbon list liv livia llama logan logic login loki london lotus lourdes love
    loyal lucky luna lux luz lynx lyon lyric lys mac mace mack madison mads magic magnolia mai mail maine mal
    mandarin mango manley manor map maple mar march margarita maria marina marine mark mars marsh marshall martini
    mason matrix mats maverick max maxim may mazda medea media medina melody memphis mercedes mercury mercy merit
    mesa metz miami mickey midas milagros milan mile miles miller milo min mina ming mint miracle misty mitzi mo
    moa moe mohammed mona monday money monk montana moon mormon morning mose moses moss muhammad murphy muse myth
    name nantes nautica nelson nevada newton nhat nice nieves nike ning noah noble noel nona norm norman north
    note novel november oak oasis ocean octavia october odin office ohio ole olive olympia onyx opera ora oracle
    orchard orchid oregon oriole orion orlando otello ott otto outlook owner oz pace page paige palm palmer panda
    pandora paris park parker parrish part pascal passion pat patience paul pay paz peach peaches pearl pebble
    penny pepper per perfect perl perry persia petal petra peyton phoenix pia pierce pike pilar pilot pin pio
    piper plan plaza poem point polo pool poppy porsche port porter post prairie preston price priest prim prima
    primrose prince princess print proof prosper providence prudence puck puk push python quarry quest quince
    quote radio rain rainbow raja raleigh ram rama ramsey ran randy range ranger rank ras rasmus rate raven ray
    read reader reagan rebel red reed reef regal regina rei reign remedios remedy ren rest rex rice ridge rik riku
    rin ring rio ripple rise river riviera road rob robin rock rocket rocky rod rodeo roe roger role roma roman
    rome room root rosario rose rosemary rosetta ross royal ruby rudder run rune rush russell russia rust rut
    ryder sable saffron saga sage sahara sailor sale salem salmon salome sandy santa santiago sapphire savannah
    sawyer saxon scala scarlet science scorpio scot scott scout search seasons seat self sell send september
    serenity set seven shade shadow shannon shark sheldon shepherd sherry shine shiva shop show side siena sienna
    sierra sign silk silver simple siri site siv size skill skoda sky skye slate smith snow socorro sofia soft sol
    solar sole solo song sonic sonny sort soul sound source south space spade spark sparrow speed spencer spike
    spirit spring staff stage stanford stanley starr start steele stein stella sten step sterling steward stig
    stop storm stormy stout strange stream street string stuart style sue summer summit sunday sunrise sunset surf
    surrey suse sven swan sweet swift sydney tab table tai taj tale tam tan tank tanner tao target task tate tatum
    taurus tea team teams ted temperance tempest temple tennessee terra terrace terry tesla test texas text thal
    theme theory thistle thor thorn thunder ticket tiger tim timber tino title token toledo tom toni tony tool top
    topaz tor toronto torrent tosca tours tower town toyota trace track tracker trade travis treasure tree trend
    trier trinidad trinity trip triumph troy true truth tu tucker tuesday tui tulip tulsa turner twain tyler type
    tyra tyson uber ula ulf uli ulm ultra una unique unit unity unn urban urs usa use utah ute valencia valentine
    valley van vanity vega venetia venice venus vera vermont vernal verona versailles vespa vesper vest vic vice
    victor victoria victory vienna viking vin vincent vine violet virginia virgo vishnu vista vit vitoria viva
    volta wald wales walker wall wallet warden warner warren washington watson wave waverly wayne webster
    wednesday weston whisper white wiki will willow wilson wind windows windsor winner winter wisdom wise wolf
    wonder woods woody word world worms wren wright yale york young yuma zen zenith zephyr zeus zion zuma
    """
)
