"""Words that make capitalised words the name of a thing, and words that begin a sentence. Folded (see ``name_lists``)."""

from models.pii.recognizers.placeholder import listed

# A run of capitalised words that holds one of these is a firm, a place, a work or a law of nature, not a person.
THINGS = listed(
    """
    ab abbey academy accord act ag age agency agreement air airlines airport airways albion algorithm allee
    android api appendix aps arena army array article as associates assurance athletic avenida avenue award awards
    bakery banca banco bancorp bank bar basilica battle bay beach bears beef beer bill bistro books boulevard
    bread brewery bridge bros brothers brucke buffer building bulls bureau burger butter button bv cafe cake calle
    camera campaign canyon cape capital castle cathedral celtic cemetery center centre century championship
    championships channel chapel chapter chateau cheese chicken chocolate church cinema city class cli client
    clinic close club coast code coefficient coffee college cologne commission committee company compiler
    conference congress conjecture constant contract convention cookies corp corporation corps corso cosmetics
    council county court couture cowboys cream crescent crisis css cup curry cursor curve cycle daily database day
    debugger department desert dialog directory disease disorder distillery distribution district dns doctrine
    dodgers drive eagles ecole edition effect empire engine entertainment equation equations era expo express fair
    falls fashion fc federal festival figure file files films flour folder force forest form fort fortress forum
    foundation framework function functions fund galaxy gallery garden gardens gare gasse gazette giants gin
    glacier gmbh graph group guard guardian gui gulf hall harbor harbour heap herald highway hill hills hochschule
    holdings hopital hospice hospital hotel hotspur house html http https hypothesis icon inc index inequality
    infirmary initiative inn institute institution insurance interface international interpreter ios ip island
    islands isle jeans jewelers jewellers journal json juice keyboard kg kingdom klinik knicks krankenhaus
    laboratories laboratory labs lake lakers lane language laptop law laws league lemma library licence license
    limited linux lions list lite llc ltd lycee machine macos magazine mall massacre matrix max medal media
    memorial menu method methods mets mini ministry model module month monument morning mosque motors mount
    mountain mountains mouse muffins musee museo museum music national navy nets network networks news night node
    note number numbers nv object ocean office oil open ospedale oy package packers pad page palace parade paradox
    park parkway parliament partners pasta path patriots peak peninsula pepper perfume phone piazza pictures pie
    pixel pizza place plain plains plan platz plaza plc plus pods point police policy polynomial pork port post
    press principle principles printer prize pro process program programme project protocol province pub
    publishing queue radio raiders rams rangers ratio ravens razor rebellion records region report republic resort
    restaurant review revolution rice ring river road roast router rovers royal rue rum sa saints salad salt
    sandwich sarl sas sauce scale scandal school screen script sdk se sea seahawks season section senate sequence
    series server service services shoes show siege software solutions sons soup spa space sql square srl ssl
    stack stadium standard state station steelers stew stiftung strasse strategy street string studio studios
    sugar summit symposium synagogue syndrome system systems tab table tablet tcp tea teatro technologies
    technology telegraph temple terminal terrace test tests theater theatre theorem thread threads tigers times
    tls toolbar tournament tower towers town transform treaty tree tribunal tribune trophy trust tunnel type udp
    ultra united universidad universita universitat universite university unix uri url valley ventures verein
    verlag versicherung version via vikings village vinegar vodka volume wanderers war warriors wars watch watches
    administration anthology cabinet creek derby failure government heights marathon oval race regatta shores springs
    way week weekly weg whiskey whisky window windows wine winery xml yankees year zoo
    """
)

# Words that are capitalised at the start of a sentence or a title and belong to no name.
NOT_SURNAMES = listed(
    """
    coach striker actor
    a about add address african after again against already also although always american an and apr arabic
    as asian ask at aug australian austrian ba bbc because before belgian best between bishop brazilian
    bring british brother bsc but buy by call canadian captain central ceo cfo chancellor chinese choose cia click
    close cnn contact coo create cto customer dame danish das date de dear debug dec december delete dem den der
    die doctor dr duchess duke during dutch east eastern edit een ein eine el email engineering english enter
    error eu european even evp example father fbi feb february figure finally finance find finnish first fixme for
    french fri friday from german get give gli good governor greater greek he hebrew hello help her here het hey
    hi him hindi his how however hr human i ibm if il in indian info information instead into invite irish it
    italian its jan january japanese jul july jun just keep kind king korean la lady las last later latin le
    leave legal les let lo lord los lower ma madam make mar march marketing maybe mayor mba md me meanwhile
    meet mexican minister miss mon monday moreover mr mrs ms msc mx my name nasa nato never new next no nor north
    northern norwegian not note nov november now nsa o oct october of often old on once only onto open or os
    otherwise our over pay perhaps phd phone please polish pope portuguese pr president press prince princess
    print product prof professor put qa queen rd read recently regards remove resources rev reverend run russian
    saint sales sat saturday save scottish security see select sell senator send sep september sergeant service
    she show sign since sincerely sir sister so sometimes soon south southern spanish st start still stop subject
    sun sunday support svp swedish swiss table take team tell thank thanks that the their them then there
    therefore these they this those though through thu thursday title to today todo tomorrow tonight tue tuesday
    turkish twice uk um uma un una under until update upper us usa use usually vp warning we wed wednesday welsh
    west western what when where which while who whom whose why with within without write yes yesterday yet you
    your yours
    """
)
