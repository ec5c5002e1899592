"""Given names that stand for each other: nicknames, and the same name as other tongues spell it.

One line is one name. It is a help for finding and for asking "is this the same person?", never an
answer: two people may well be called Kate and Catherine. Written plainly, as `families.names.plain`
leaves a name. A name may stand in several lines. Add to it what practitioners meet.
"""

from functools import cache

LINES = """
abigail abbie abby gail
adam ad
alan allan allen al
albert al bert bertie
alexander alex alec sandy sasha xander alejandro alessandro aleksander oleksandr iskandar olek
alexandra alex alexa sandra sasha lexi aleksandra alejandra alessandra oleksandra ola
alfred alf alfie fred
alice alicia alycia ally alise
alison allison ally ali
amelia millie amy emilia amalia
amy aimee ami
andrew andy drew andre andreas andres andrzej andriy andrea
angela angie angelina ange
ann anne anna annie ana ania hanna hannah anita nancy anya hanka
anthony antony tony antonio antoni anton toni tonino toino
arthur art artie artur arturo
barbara babs barb basia
benjamin ben benny benji
beatrice beatriz bea trixie bia
bernadette bernie
catherine katherine kathryn katharine kate katie katy cathy kathy kat kitty caitlin katarzyna kasia
catherine catarina katerina kateryna katya catia caterina catalina cate
charles charlie chas chuck carlos carlo karol carl karl
charlotte lottie charlie lotte carlota
christine christina chris chrissie tina kristina cristina krystyna
christopher chris kit kris cristobal krzysztof krzysiek cristovao
claire clare clara chiara klara
daniel dan danny danilo danylo daniil
danielle dani danni daniela daniella
david dave davy dai dawit daud dawud davide davi
deborah debra debbie deb deby
dominic dom dominik domingo
dorothy dot dotty dolly
edward ed eddie ted teddy ned eduardo edwin
eleanor ellie nell nora elena leonor eleonora
elizabeth elisabeth liz lizzie beth betty eliza libby lisa elspeth elzbieta isabel elsie bess elisa
ellen helen helena elena olena nell ellie
emily em emilia emmy millie
emma em emme
ethel eth
francis frank frankie fran francisco francesco chico paco pancho franciszek
frances fran fanny francesca francisca frankie fanni
frederick fred freddie frederic federico
gabriel gabe gabi
gabrielle gaby gabriela gabriella
geoffrey jeffrey geoff jeff
george georgie jorge giorgio jerzy yuri
georgina georgie gina georgia
gerald gerry jerry gerard
gillian jill gill jillian
grace gracie gracia graca
gregory greg gregor grzegorz gregorio
harold harry hal
harriet hattie harry
henry harry hal hank enrique quique henrique henrik
isabella isabelle isabel bella izzy belle isobel izabela ysabel isa bela
jacob jake jakub kuba yakub yaqub
jack john jackie
james jim jimmy jamie jem jaime santiago diego tiago thiago iago
jane jean joan janet jan joanna jayne joana juana
jasmine jas yasmin yasmine yasmeen jazmin jazz
jennifer jen jenny jenna
jessica jess jessie
jesus chucho
joanne joanna jo joan asia
john jack johnny jon juan joao ivan jan giovanni gianni ian sean shaun shane johannes yohannes yahya
jonathan jon johnny jonny nathan
joseph joe joey jose giuseppe jozef yusuf youssef yousef yusef yussuf josef ze zeca pepe
josephine jo josie josefina
joshua josh josue yeshua
judith judy jude
julia julie juliana giulia jules yulia
karen caz kaz karin
kenneth ken kenny
kimberley kimberly kim
laura laurie lora
lawrence laurence larry laurie lorenzo lourenco
leonard len lenny leo leonardo
linda lynda lin lindy
louis lewis lou luis luigi louie
louise lou luisa luiza louisa
lucy lucia lucie luz luzia lusia
luke lucas luca lukasz luc lukas
margaret maggie meg peggy marge margie greta rita daisy madge margarita margarida malgorzata gosia
maria mary mariam maryam miriam mariama marie marija mariya maryan maryama meryem molly polly mimi
martha marta
martin marty martim marcin martyn
matilda tilly mattie matilde
matthew matt matty mateusz mateus matteo mathew matias matheus mathieu
megan meg meghan
melanie mel
melissa mel lissa
michael mike mick mickey mikey miguel michal mykhailo mikael mikail michele mihail
michelle shell shelly michele michaela
monica monika mon monique
natalie nat natalia nataliia natasha tasha nathalie
nathaniel nathan nat nate natnael
nicholas nick nicky nico nicolas mykola mikolaj nikola nicola
nicola nicky nikki nicole nic
olivia liv livvy oliwia olive livia
oliver ollie olly olivier
oscar oskar osc
pamela pam
patricia pat patsy trish tricia patti patrycja
patrick pat paddy patricio padraig patryk
paul pablo paulo pawel paolo pavel
penelope penny
peter pete pedro piotr petros pietro petro piotrek butros
philip phillip phil pip filip felipe filippo
philippa pippa pip
phoebe pheobe febe
rachel rachael rach raquel rachelle
rebecca becky becca beck rebeka rivka
richard rick ricky rich dick richie ricardo ryszard riccardo
robert rob bob bobby robbie bert roberto
roberta bobbie
ronald ron ronnie
rosemary rose rosie
samantha sam sammy
samuel sam sammy samy
sarah sara sally sadie sahra zahra zara zaara sarai
sebastian seb bastian baz sebastiao
simon simeon sim szymon simao
sophie sophia sofia zofia zosia sofie soph
stanley stan stanislaw
stephanie steph stefanie stefania estefania
stephen steven steve stevie stefan esteban estevao stephan szczepan
susan sue susie suzy susannah suzanne zuzanna zuzia susana suzanna
sylvia silvia
teresa theresa terry tess tessa tereza therese
terence terry terrance
theodore theo ted teddy teodoro fyodor
thomas tom tommy tomas tomasz tommaso tomek tome
timothy tim timmy timoteo
valerie val
victor vic viktor vitor
victoria vicky vicki tori wiktoria vitoria
vincent vince vinny vicente vincenzo
virginia ginny ginger
walter walt wally
wendy wendi
william bill billy will willy liam willie guillermo guilherme wilhelm gwilym
winifred winnie freda
yvonne evon
zachary zach zack zac zakariya zakariye zakaria zachariah zackery
zoe zoey zoya

siobhan shivaun shevaun chevonne shivon shavon shiv siobhain
niamh neve neeve nieve neave
aoife eefa eva efa ifa
caoimhe keeva kiva queeva kweeva
ciara keira kiera kira keera
grainne gronya grania grace
roisin rosheen rosh rois
sinead shinade shinaid jane
maeve maeva meave mave medb
oisin osheen usheen ocean
cillian killian kilian
eoin owen eoghan ewan euan ian
padraig patrick paddy porrick
sean shaun shawn shane
declan deklan dec
aisling ashling aislinn ashlyn
saoirse sersha seersha sorsha
tadhg tige tyg
fintan finton finn
orla orlagh
conor connor con conner

kayleigh kaylee kayley kaylie
leanne lianne leeanne liane
chantelle chantal shantelle shantel chantel
shanice shaniece shanise shaneice
tanisha tenisha tanesha taneisha nisha
natasha tasha natacha latasha
latoya toya la toya
renee rene renay renae
keisha kisha kiesha lakeisha keshia
dwayne duane wayne dwain
jermaine jermain germaine jay
tyrone ty tyron
tyrese tyreece tyrease ty
delroy leroy roy delroi
kieron kieran kyron ciaran keiran
jerome gerome jay
malachi malakai malachy mal
isaiah isiah izaiah zay
elijah elija eli elias ilyas ilias
nevaeh neveah navaeh
aaliyah aliyah alia aaliya aliya
imani amani immani
kezia keziah kez
shauna shawna shona
courtney kourtney
reece rhys rees reese
jayden jaden jaiden jaydon jay
kai ky kye
curtis kurtis curt

babatunde tunde baba
oluwaseun seun olusegun segun
olufunke funke funmilayo funmi oluwafunmilayo olufunmi
temitope temi tope
temidayo temi dayo
oluwadamilola damilola dami damola lola oludamilola
adebayo bayo ade debayo
adewale wale ade olawale
olumide mide olu
oluwatobi tobi oluwatobiloba tobiloba
oluwafemi femi olufemi
adeola ade deola
abimbola bimbola bimbo bola
omolara lara omo
morenike nike renike moronike
yetunde yeti yetty iyabo
titilayo titi layo
bukola bukky oluwabukola bukunola
folake flakky folakemi fola
simisola simi sola
teniola teni
ayodele ayo dele
ayobami ayo bami
babajide jide
kehinde kenny keinde
taiwo taiye tai
ronke aderonke ronkey
gbenga olugbenga
rotimi oluwarotimi timi
tomiwa oluwatomiwa tomi
ireti iretiola
ifeoluwa ife
toyin oluwatoyin toyosi
kunle adekunle olakunle
ngozi ngo ngozichukwu
chioma chi oma chyoma
chukwuemeka emeka
chukwudi chudi chukwuma
chidi chidiebere chidera chidiebube
nnamdi namdi
ikenna ike ikechukwu
obinna obi
kelechi kele kelly
uchenna uche
ugochukwu ugo
adaeze ada eze
ifeoma ify ifeyinwa
nkechi nk nkechinyere kechi
amarachi amara
kosisochukwu kosi kosiso
somtochukwu somto somtoo
kamsiyochukwu kamsi
chinwe chinwendu chichi
zikora ziko zikoranachukwu

kwame kwamena kwamina kwami
kofi koffi kofie cofie
kwasi akwasi kwesi kwesie kouassi
kwabena kobina kwabs ebo
kojo kwadwo kodjo jojo cudjoe
yaw yao ekow kwaw
kweku kwaku kuuku
fiifi kofi
abena abenaa araba
akosua esi akosia kosua
efua afia afua effie efe
adwoa adjoa adwoah ajoa
akua akuwa ekua
ama amma ame
serwaa serwah
nana nanayaa
maame mame mama
emmanuel emma manny emanuel manuel manolo emmanuele immanuel nana
gifty gift

mohammed muhammad mohamed mohammad muhammed mohamud maxamed mo mohd mahamed mamadou muhamed mohamad
mohammed mehmet md moh mahamud maxamuud mahmoud
ahmed ahmad axmed achmed amadu amadou hamid
abdirahman abdurrahman abdulrahman abdi abdourahmane abdulrehman abdurahman cabdiraxmaan
abdullah abdullahi abdulahi abdallah abdoulaye cabdullaahi abdul abdoul
abdi cabdi abdy
ali cali aly alli
aisha ayesha aicha ayse asha aysha aishah caasha aissata isatu ayisha eesha ishaa
fatima fatimah fatoumata fatmata fatou fatma fadumo faduma fatuma faadumo fati fathima
khadija khadijah kadiatu khadidja kadija khadeeja kadi hadiza khadra kadidia
mariama mariam mary
zainab zaynab zeinab zeynep zaineb saynab zenab
hassan hasan xasan hassen
hussein hussain hossain husain huseyin xuseen hossein hussien
ibrahim ebrahim ibraheem abraham abrahim ibrahima avraham
yusuf yousuf yussef joseph
omar umar cumar oumar omer
othman osman uthman usman ousmane cismaan
hamza hamzah xamse
bilal bilaal bile
khalid khaled kaled
layla leila laila leyla layle
nadia nadiya nadya naadia
amina aminah aminata ameena emina
halima halimah xaliimo halimo halimatou
hawa eve hauwa xaawo hawo
hodan hodo
ifrah ifra
nimco nimo nimcoy
najma nagma najmo
sagal sagaal
ubah ubax uba
zakariya zakariye zakaria
liban libaan
mahad maxad
guled guleed
warsame warsama
ayaan ayan
deqa deka
hibaq hibak hibo
farah faarax fara
jama jaamac jamac
karim kareem
rashid rachid rasheed
tariq tarek tarik tareq
noor nur nour nuur
yasin yaseen yassin yasiin
ismail ismael ishmael ismaeel ismaaciil
suleiman sulaiman soleiman suleyman solomon saleban
bakary aboubacar abubakar bakari abu bakr
alhaji haji alhajie
foday fode fodie
sorie sory
isatu aissatou
memuna maimouna memunatu maimuna
adama adam
djibril jibril gabriel
moussa musa mousa moses
salma selma
rumana romana rummana
farzana farjana
shahida sayeda shaheda
nasima naseema nasim
tahmina tamina
ruksana rukhsana roxana
rafiq rafique rofiq
kamrul qamrul
tanvir tanveer
zubair jubair zubayr
rayhan raihan rehan
sabbir shabbir
maryam mariyam
jannat jannah jannatul
sultana sultan
haruto haru

dawit david
yohannes yohanes johannes john
tesfay tesfai tesfaye tes
selam salam selamawit
rahwa raha
feven feben
bisrat besrat
luwam luam
hiwet hiwot hywet
senait senayt
biniam binyam benjamin
natnael nathaniel
henok enoch hanok
merhawi merhawit
filmon philmon philemon
semhar semhal
yonas jonas jonah
kidane kidan

joao john juan joaozinho
jose joseph ze pepe zeca
conceicao sao concha conchita concepcion
guadalupe lupe lupita
dolores lola lolita
rosario charo
ignacio nacho inigo
francisco chico paco
manuel manolo manny manel
isabel bela isa
luz luzmarina
ines inez agnes agnieszka aga
sonia sonya
monica monika
patricia pati
vania vanya
goncalo gonzalo
duarte eduardo
helder elder
tomas thomas
beatriz bia bea
mauricio mauro maurice
jhon john jon
wilson will
yesenia jesenia jessenia
ximena jimena
lorena lore
valentina vale tina
natalia naty
carolina caro carol caroline carolyn carrie
fernanda nanda fer
gustavo gus
leandro leo
rafael rafa raphael rafal
debora deborah
thais tais taiz
priscila prisca priscilla pri
juliana ju july
larissa lari
camila camilla cami mila
bruna bru
heitor hector
caio kaio cayo
lucas luke
emiliano emi

katarzyna kasia
malgorzata gosia
agnieszka aga agnes
zuzanna zuza zuzia
magdalena magda madeleine maddie lena magdalene
ewa eva eve
joanna asia
jakub kuba
krzysztof krzys
tomasz tomek
lukasz luke
szymon simon
maja maya maia
iryna irina irene ira irena
oksana oxana ksenia
olena elena lena
kateryna katya
solomiia solomiya
dmytro dmitri dima dmitry
oleh oleg
mykola nikolai
danylo daniel
taras tarasyk

ayse aisha
zeynep zainab
elif alif
mehmet mohammed
murat murad
kemal kamal
ozlem ozlam
defne daphne
emre emrah
huseyin hussein

wei way
minh ming
nguyen ngyuen nguyn
xin shin
thi ti
linh lin
huong huang

chowdhury choudhury chaudhry chaudhary choudhary chowdhary
rahman rehman raman
begum begam
uddin udin
miah mia miya
hussain hossain hussein
khatun khatoon
shah sha
mckenzie mackenzie mckensie
mccarthy macarthy
oconnor connor oconner
osullivan sullivan
thompson thomson tompson
clarke clark
reid reed read
francis frances
davies davis
philips phillips philip
okonkwo okonkwor
nguessan ngessan guessan
kone konneh
diallo jalloh jallow diallow
traore trawally traure
coulibaly koulibaly
sesay cessay sisay
kamara camara
koroma kroma coroma
conteh conte konteh
ghebremedhin gebremedhin gebremedin
haile hayle
gonzalez gonzales
rodrigues rodriguez
fernandes fernandez
mendonca mendonza
teixeira texeira teshera
nobrega nobriga
"""


@cache
def _lines() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in LINES.splitlines():
        names = line.split()
        for name in names:
            found.setdefault(name, set()).update(names)
    return {name: frozenset(others - {name}) for name, others in found.items()}


def others(name: str) -> frozenset[str]:
    """What somebody called `name`, written plainly, may be down as instead."""
    return _lines().get(name, frozenset())


def are_alike(one: str, other: str) -> bool:
    """Whether two plain given names may be one person's: any word of one, or another form of it."""
    words = set(one.split())
    return bool(words & set(other.split())) or any(others(w) & set(other.split()) for w in words)
