"""Words that tell who says what, and where a sentence turns: data only.

The reporting verbs are the commonest cues of PolNeAR's training articles (Newell et al. 2018) and
their synonyms; the nouns are the heads of its sources that are neither names nor pronouns.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- verbs, by what their subject does; the forms are made in grammar.py -----------------------

SPEECH = _words("""
    say tell add write argue note explain suggest announce report claim insist warn acknowledge
    declare state tweet post continue conclude recall respond reply stress emphasize emphasise
    assert contend maintain allege concede admit confirm deny remark observe caution quip joke
    lament complain counter urge vow promise pledge reiterate repeat predict estimate testify
    boast proclaim indicate imply hint comment cite reveal answer ask object muse opine reason
    forecast posit retort mention clarify assure inform underscore highlight speculate
    elaborate theorize theorise calculate project stipulate recount retweet email shout yell
    fume gripe scoff grumble
""")

STANCE = _words("""
    accuse blame criticize criticise praise blast slam denounce condemn decry dismiss reject
    oppose support endorse defend dispute challenge question attack mock applaud welcome favor
    favour describe call label rip hail tout demand propose recommend liken rebuke
    characterize characterise portray deride ridicule lambast commend deplore rail
    downplay disavow protest plead point put brand charge chastise scold hail back speak go
    express voice want refuse sue rebut echo outline vouch encourage remind hammer bemoan decline
    bash dub bristle balk push press raise take
""")

BELIEF = _words("""
    believe think fear hope worry expect doubt feel agree disagree suspect prefer assume
    consider view anticipate
""")

# Verbs that report only with one of these words after them.
PARTICLES = {
    "point": _words("out to"),
    "put": _words("it"),
    "go": _words("on"),
    "goe": _words("on"),
    "went": _words("on"),
    "spoke": _words("of out against about in"),
    "speak": _words("of out against about in"),
    "push": _words("for back"),
    "pushe": _words("for back"),
    "press": _words("for"),
    "presse": _words("for"),
    "rais": _words("concerns objections"),
    "raise": _words("concerns objections"),
    "took": _words("exception issue aim"),
    "take": _words("exception issue aim"),
    "tak": _words("exception issue aim"),
}

FINDING = _words("""
    show find suggest indicate reveal conclude estimate predict project
""")

IRREGULAR = {
    "say": ("says", "said", "saying"),
    "go": ("goes", "went", "going"),
    "speak": ("speaks", "spoke", "speaking"),
    "put": ("puts", "put", "putting"),
    "take": ("takes", "took", "taking"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "writing"),
    "think": ("thinks", "thought", "thinking"),
    "feel": ("feels", "felt", "feeling"),
    "find": ("finds", "found", "finding"),
    "show": ("shows", "showed", "showing"),
    "admit": ("admits", "admitted", "admitting"),
    "rip": ("rips", "ripped", "ripping"),
    "slam": ("slams", "slammed", "slamming"),
    "quip": ("quips", "quipped", "quipping"),
    "prefer": ("prefers", "preferred", "preferring"),
    "forecast": ("forecasts", "forecast", "forecasting"),
}

# "The visitors, said Ms. Lee": the verb may stand before its subject.
INVERTIBLE = _words("""
    says said adds added writes wrote argues argued notes noted explains explained asks asked
    tweeted recalled recalls warned warns replied responded continued reported declared concluded
    insisted admitted remarked quipped joked observed acknowledged predicted suggested
    claimed stressed announced echoed lamented complained countered cautioned fumed scoffed
    say write
""")

# Verbs that a whole clause is no doubt said with, whatever their subject looks like.
SAYING = _words("said says tweeted wrote writes told argued argues added adds")
# Forms that no noun shares: behind a name in -s they show that it is a plural.
ONLY_VERBS = _words("say think believe argue want insist agree disagree contend oppose tell write")

# "Analysts are convinced that …"
ATTITUDES = _words("""
    convinced worried concerned confident skeptical sceptical optimistic pessimistic sure certain
    adamant doubtful hopeful opposed wary afraid thrilled appalled outraged alarmed dismayed
    disappointed
""")

# --- function words ----------------------------------------------------------------------------

DETERMINERS = _words("""
    the a an some many most several other another few both these those all any no each
    every one two three four five six seven eight nine ten lots plenty scores dozens hundreds
    thousands millions more his her their its our my your this that's various numerous certain half
""")
PRONOUNS = _words("he she they it")
FIRST_PERSON = _words("i we you me us")
RELATIVES = _words("who which that whose whom")
PREPOSITIONS = _words("""
    of for from in at with on by against among under between behind inside within near across
    into about over through toward towards during without beyond around outside like despite amid
    including throughout following
""")
COORDINATORS = _words("and or &")
SUBORDINATORS = _words("""
    but while although because if when as since after before though whereas yet so than until
    unless whether where how why what once nor except
""")
AUXILIARIES = _words("""
    has have had would will could may might can should must did does do having
    hasn't haven't hadn't wouldn't won't couldn't
""")
FORMS_OF_BE = _words("is are was were be been being isn't aren't wasn't weren't 'm 're am")
NEGATIONS = _words("not never neither cannot can't don't doesn't didn't n't won't")
ADVERBS = _words("""
    also later then again even still now recently once often always just already further
    meanwhile however nonetheless nevertheless instead thus therefore too ever long first
    himself herself themselves itself there here either neither only soon today yesterday tomorrow
    worldwide nationwide alike everywhere elsewhere overseas abroad online
""")
NOT_ADVERBS = _words("family early ally only supply reply assembly july italy daily weekly rally")
DATES = _words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april june
    july august september october november december jan feb mar apr aug sept oct nov dec
    today yesterday tonight week weeks month months year years morning afternoon evening night
    weekend day days hours
""")

POSSIBLE = _words("might could may can")  # what these say somebody says is not said
ASKING = _words("how if whether what why")  # before the subject of a question or condition
INNER = _words("of with for")  # before a noun that is no subject

# "Some say", "many believe": determiners that stand alone as a subject.
QUANTIFIERS = _words("some many most several few both those all another one each")

# Conjunctions that set a clause against the one before them, and against the one that follows.
TURNS = _words("but while whereas although though yet")
CONCESSIONS = _words("while whereas although though")
# "While critics argue x, y": the view ends with its clause.
CONCESSIVE = CONCESSIONS | _words("if when because since unless after before")
# Finite forms that no ending gives away, for telling a clause from a phrase.
FINITE_VERBS = _words("""
    went came made took gave got saw knew kept left lost met paid put ran sat sent set stood spoke
    spent won wrote began became brought built bought caught chose cut drew drove fell fought flew
    grew held hit hurt laid led let lay meant read rose sold shook shot shut sought taught threw
    understood wore broke fed
    goes comes makes takes gives gets sees knows keeps leaves loses meets pays runs sends stands
    speaks spends wins begins becomes brings builds buys falls fights grows holds leads lets lies
    means needs wants plans seeks remains seems appears continues allows requires helps uses works
    offers includes involves depends exists faces fails hurts threatens violates costs raises
    protects creates provides lacks carries ignores undermines
    need want seek remain seem appear allow require help use work offer include involve depend
    exist face fail threaten violate cost raise protect create provide lack carry ignore undermine
    come make take give get know keep lose meet pay run send stand speak spend win become bring
    fall fight grow hold lead mean see
""")

# Heads that take a verb without -s though they do not end in s.
PLURALS = _words("""
    some many most several few both those all lots plenty scores others people police women men
    media data staff congressmen spokesmen they we i you
""")
POSSESSIVES = _words("his her their its my our your")
NAME_PARTICLES = _words("of for and the in on de van von der bin al la el du da")

# --- nouns that can hold a view ----------------------------------------------------------------

# "issued a statement saying": the statement's author says it.
STATEMENTS = _words("""
    statement statements letter tweet tweets memo email brief post message note interview
    monday tuesday wednesday thursday friday saturday sunday reporters
""")
PEOPLE = _words("""
    critics critic analysts analyst experts expert officials official supporters supporter
    opponents opponent proponents proponent advocates advocate lawmakers lawmaker senators senator
    congressman congresswoman congressmen legislators legislator politicians politician president
    governor governors mayor mayors minister ministers secretary chairman chairwoman chair
    spokesman spokeswoman spokesperson spokesmen representatives representative director directors
    chief leader leaders leadership aide aides adviser advisers advisor advisors strategist
    strategists economists economist scientists scientist researchers researcher academics
    academic scholars scholar professor professors historians historian authors author writers
    writer columnist columnists commentators commentator journalists journalist reporters reporter
    editors editor pundits observers observer insiders insider sources source diplomats diplomat
    ambassador prosecutors prosecutor lawyers lawyer attorneys attorney judge judges justices
    justice police officers officer authorities investigators investigator generals general
    activists activist campaigners campaigner protesters protestors protester demonstrators voters
    voter residents resident citizens parents teachers teacher students student doctors doctor
    physicians nurses patients families workers employees employers executives executive investors
    businessman businesses owners owner farmers taxpayers consumers conservatives conservative
    liberals liberal progressives progressive moderates republicans democrats libertarians allies
    ally rivals rival friends friend colleagues colleague members member people person others
    skeptics sceptics defenders backers detractors donors delegates candidate candidates nominee
    organizers organisers immigrants refugees women men man woman witness witnesses neighbors
    neighbours relatives mother father son daughter wife husband brother sister king pope bishop
    bishops pastor clergy premier chancellor lobbyists veterans pollster pollsters believers
    contrarians environmentalists industry counsel plaintiffs plaintiff
    defendants host anchor moderator narrator survivors victims co-author co-authors others
    someone everyone nobody anyone manager managers
    commissioner commissioners superintendent ceo owner founder co-founder
""")
GROUPS = _words("""
    administration government committee panel commission council court department agency agencies
    ministry group groups organization organizations organisation organisations coalition party
    campaign company companies firm firms union unions board association institute think-tank bank
    newspaper magazine network outlet outlets media press congress parliament senate house military
    team office majority minority public community movement foundation opposition regime states
    countries nations crowd bureau staff watchdog nonprofit university kremlin pentagon
    church charity caucus delegation jury
""")
DOCUMENTS = _words("""
    report reports study studies poll polls survey surveys statement data analysis letter lawsuit
    editorial article book paper document documents records memo ruling opinion complaint
    indictment transcript email emails research findings figures estimates filing filings evidence
    review ad website brief petition post tweet message numbers statistics assessment
""")
CAPTIONS = _words("photo story coverage video image")  # "FILE PHOTO:", "Story highlights"
OUTLETS = _words("""
    abc ap axios bbc bloomberg breitbart buzzfeed cbs cnn fox gazette globe herald huffpost
    journal magazine msnbc nbc news newspaper npr nyt politico post press reuters times tribune
    vox wsj
""")
TITLES = _words("""
    mr mrs ms miss dr sen rep gov gen lt col rev prof hon sir lord lady dame sgt capt adm maj
    president senator representative congressman congresswoman governor secretary leader minority
    majority speaker house senate chairman chairwoman chair minister prime chancellor attorney
    general justice judge chief professor ambassador mayor director deputy vice first former
    king queen prince princess pope archbishop bishop cardinal father pastor reverend whip
    foreign press spokesman spokeswoman spokesperson adviser advisor strategist analyst economist
    columnist reporter correspondent editor author republican democrat democratic commissioner
    sheriff captain colonel lieutenant major sergeant officer administrator ceo state defense
    treasury interior homeland commerce labor health education energy transportation counsel
    candidate nominee assistant senior acting lawmaker professor doctor premier u.s us gop
    rabbi imam ayatollah sheikh district solicitor then-sen then-president ex-president host
    envoy congressmember delegate councilman councilwoman alderman treasurer coach commander
""")
# Words of TITLES that begin the names of organisations as well: no sign of a person.
SHARED_TITLES = _words("""
    house senate state us u.s gop democratic republican democrat foreign minority majority press
    homeland defense treasury interior commerce labor health education energy transportation
    general chief major first vice deputy senior acting assistant former prime justice attorney
    district whip
""")
# "North Korea" is not somebody called Korea.
PLACE_WORDS = _words("north south east west new united san los saint st great hong el las")
# "Bank of England" is one name; "Smith of Georgetown" is a name and a place.
ORGANISATIONS = _words("""
    republicans democrats republican democrat party
    bank department university college ministry house board bureau chamber council center centre
    institute office committee court church federation association academy organization
    organisation league republic union society club party school agency administration commission
    foundation group coalition alliance network fund project service times post journal news
    caucus congress senate parliament kremlin pentagon americans doctors friends citizens
    physicians company corp inc co ltd
""")
MALE = _words("""
    mr sir lord king prince father pope brother he congressman chairman spokesman husband man
    james john robert michael william david richard joseph thomas charles christopher daniel
    matthew anthony mark donald steven steve paul andrew joshua kenneth kevin brian george edward
    ronald timothy tim jason jeffrey jeff ryan jacob gary nicholas eric jonathan stephen larry
    justin scott brandon benjamin ben samuel frank gregory greg raymond alexander patrick jack
    dennis jerry mike mitch mitchell ted bill bob joe jim tom dan chris barack bernie marco rand
    harry chuck vladimir sergei rick ron lindsey tim peter adam josh jay john mohammed ahmed ali
    carlos jose juan luis pierre hans alan albert henry walter doug douglas keith roger
    newt rudy jeb kim xi boris nigel tony gordon emmanuel recep benjamin bashar mitt orrin
""")
FEMALE = _words("""
    mrs ms miss lady dame queen princess mother sister she congresswoman chairwoman spokeswoman
    wife woman mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy
    betty sandra margaret ashley kimberly emily donna michelle carol amanda melissa deborah
    stephanie rebecca laura sharon cynthia kathleen amy angela anna brenda pamela emma nicole
    helen samantha katherine christine debra rachel carolyn janet catherine maria heather diane
    julie joyce victoria kelly christina joan evelyn lauren judith olivia martha cheryl hillary
    kamala kellyanne dianne loretta ivanka melania theresa condoleezza sonia ruth elena ann anne
    alexandria ilhan rashida ayanna tulsi kirsten claire jane kate katie marine nikki susan
    valerie wendy alice sally gina megan debbie olympia jill kathy
""")
# Names of a census that are places, offices or things as often as people.
NO_FIRST_NAMES = _words("""
    america art asia austin brittany carolina chad chance charity charlotte chelsea china
    christian cleveland columbus crystal dakota dallas dean del denver destiny diamond diego
    dollie earl elba faith fannie florence florida france freddie gay geneva georgia golden guy
    houston india israel ivory jackson jordan joy kent kenya lady lai le li liberty lincoln loan
    lourdes lu madison major man mercedes mercy merrill milan morgan nevada odessa opal orlando
    paris pearl precious prince princess queen roma rosy royal salina santa santiago savannah
    sierra star sydney trinity troy un valencia van velvet venice verona virginia von
""")

# --- holders without a name: which are worth naming for a viewpoint -----------------------------

TELLING = _words("""
    activists administration advocates aides analysts backers campaign campaigners conservatives
    critics defenders democrats economists environmentalists experts government groups lawmakers
    lawyers leaders liberals libertarians officials opponents progressives proponents republicans
    researchers scientists supporters unions
""")

MEMBERS = _words("democrat republican independent socialist")  # "the Maine Republican"
PARTISANS = MEMBERS | _words("senator act bill amendment news")  # hold nothing by themselves

# Single words that owe their capital to opening a sentence.
VAGUE = _words("""
    acquaintances all analysis another anyone authorities both doctors engineers everyone few last
    late many most nobody observers one others people police polls reporters senators some someone
    sources strategists they voters witnesses
""")

COUNTING = _words("the a an some many most other several few one two three")

# What stands behind "Secretary of" or "Minister of": no part of the name that follows.
DEPARTMENTS = _words("""
    affairs agriculture commerce defence defense education energy finance health intelligence
    interior justice labor labour security services staff state trade transportation treasury
""")
