/**
 * What people begin with when they are asked for a password: written down for this project from general knowledge of the
 * habits (loves, names, sports, animals, cars, keyboards, pinyin), not taken from a published or leaked list.
 * `make-common-passwords.ts` turns them into `common-passwords.txt`.
 */
const split = (text: string) => text.trim().split(/\s+/)

/** Words and phrases. */
export const words = split(`
password passwort passw0rd passwd pass passcode passphrase mypassword yourpassword thepassword newpassword changeme changeit
changethis default secret topsecret mysecret private access accessdenied letmein letmeinnow openup opensesame welcome
welcome1 welcomehome hello hellohello helloworld hellokitty goodbye login logon signin master masterkey masterchief admin
administrator sysadmin webmaster superuser superadmin root rootroot toor guest user username testuser test testing tester
testtest testpass demo sample example temp temporary temppass unknown nothing whatever something anything everything nobody
anonymous computer internet website windows linux ubuntu debian android iphone samsung google googlegoogle facebook twitter
instagram youtube microsoft oracle cisco database server router network wireless system service support security company
business office manager director marketing sales finance account accounts training student teacher school college
university library science biology chemistry physics history english spanish french german chinese japan japanese china
beijing shanghai london paris newyork california florida texas chicago boston houston dallas denver phoenix atlanta miami
seattle oakland detroit montana virginia georgia carolina arizona nevada colorado michigan alabama london1 england ireland
scotland germany france italy spain mexico brasil brazil canada america american australia russia poland sweden holland
africa india europe liverpool manchester arsenal chelsea barcelona realmadrid juventus milan acmilan everton tottenham
celtic rangers football futbol soccer baseball basketball volleyball hockey softball lacrosse cricket tennis golfing golfer
bowling boxing wrestling wrestler skating skateboard snowboard snowboarding skiing surfing surfer swimming swimmer running
runner cycling fishing fisherman hunting hunter camping climbing sailing racing cowboys steelers packers patriots raiders
redskins eagles broncos dolphins chargers vikings falcons panthers panther ravens giants jaguars redsox yankees dodgers
redwings mets cubs braves cardinals tigers pirates lakers celtics bulls knicks pistons spurs rockets warriors canucks
bruins flyers penguins sabres blackhawks maverick mavericks longhorns sooners gators buckeyes bulldogs wolverine wolverines
huskers badgers spartan spartans trojans dragon dragons dragonball dragonfly phoenix1 unicorn pegasus griffin monster
monsters vampire werewolf zombie zombies ghost demon devil devils angel angels angelo heaven blessed blessing jesus jesuschrist
jesus1 christ christian church gospel prayer faith praise godisgood godislove iloveg0d ilovegod ilovejesus bible genesis
exodus samuel gabriel michael michelle jennifer jessica sunshine sunflower sunset sunrise moonlight moonbeam starlight
stardust stars shooting rainbow rainbows butterfly butterflies princess princesa prince princes queen queens king kings
kingkong kingdom castle knight knights warrior wizard wizards magic magical magician witch fairy tinkerbell cinderella
snowwhite snoopy garfield mickey mickeymouse minnie donald goofy pluto winnie poohbear pooh bambi dumbo simba nemo bugsbunny
scooby scoobydoo scooby1 spongebob pokemon pikachu charizard naruto sasuke goku vegeta sailormoon zelda mario luigi
nintendo gameboy gamecube playstation xbox xbox360 gamer gaming games minecraft fortnite roblox warcraft starcraft diablo
counterstrike counter halflife quake doom deathnote assassin ninja ninjas samurai kungfu karate taekwondo matrix neo
trinity morpheus starwars starwars1 startrek startrek1 skywalker jedi jedimaster vader darthvader yoda chewbacca hansolo
stargate babylon enterprise voyager klingon superman superman1 batman batman1 spiderman spider ironman wolverine1 hulk
captain captainamerica avengers thor joker robin catwoman flash gandalf frodo bilbo hobbit hobbits legolas aragorn lordofthe
harrypotter hogwarts dumbledore hermione voldemort gryffindor slytherin twilight edward bella jacob metallica nirvana
slipknot linkinpark greenday blink182 acdc ironmaiden megadeth slayer pantera korn tool rammstein eminem tupac biggie
snoopdogg fiftycent 50cent jayz beyonce rihanna shakira britney madonna elvis elvispresley beatles lennon mccartney
rollingstones ledzeppelin zeppelin pinkfloyd thedoors doors aerosmith bonjovi gunsnroses queen1 abba genesis1 radiohead
coldplay oasis blur muse music musica musicman musical melody rhythm guitar guitars guitarist bassist bassman bassplayer
drummer drums piano pianist trumpet trombone saxophone saxman violin cello clarinet singer singing dancer dancing dance
danceing ballet hiphop reggae bobmarley marley rasta rastafari jamaica smokeweed marijuana cannabis 420420 stoner whiskey
whisky vodka tequila bacardi jackdaniels budweiser heineken corona guinness coffee espresso cappuccino starbucks chocolate
chocolat cookie cookies cupcake candy sweety sweetie sweetheart sweetpea sweets honey honeybee honeybear sugar sugarpie
cinnamon vanilla caramel strawberry blueberry blackberry raspberry cherry cherries banana bananas orange oranges apple
apples applepie pineapple mango peaches peach lemon lemonade melon coconut pumpkin potato tomato carrot cheese cheeseburger
pizza pizzahut burger hamburger sandwich spaghetti noodles chicken turkey bacon buttercup butter peanut peanuts pickle
pickles pepper peppers drpepper cocacola coca pepsi sprite mountain mountaindew monkey monkeys monkeyboy monkey1 gorilla
elephant giraffe zebra lion lions lioness tiger leopard cheetah jaguar cougar bobcat wildcat wildcats wolf wolves wolfpack
fox foxes foxylady coyote bear bears teddybear panda pandas koala kangaroo rabbit bunny bunnies hamster hedgehog squirrel
beaver otter horse horses horsey pony ponies mustang stallion donkey cowboy cowgirl cow piggy piglet pigs sheep lamb goat
dog dogs doggie doggy doggies puppy puppies bulldog poodle beagle boxer labrador retriever rottweiler shepherd husky
dalmatian chihuahua cat cats catdog kitty kitten kittens kittycat pussy pussycat meow tomcat whiskers felix sylvester mittens
smokey shadow shadow1 midnight patches pumpkin1 oreo lucky lucky7 luckyone luckydog buddy buddy1 buddyboy buster bailey
charlie charlie1 molly sadie daisy maggie maxwell rocky rocky1 rusty ginger ginger1 sandy sandra sammy samson simba1
casper jasper jasmine jasmin precious diamond diamonds emerald sapphire ruby crystal pearl jade amber amethyst topaz opal
gold golden goldfish silver silverado platinum bronze copper iron steel metal titanium mercury venus earth mars jupiter
saturn uranus neptune galaxy universe cosmos comet eclipse apollo apollo13 challenger columbia discovery atlantis endeavour
spring summer summertime autumn winter snow snowball snowflake snowman january february march april august september
october november december monday tuesday wednesday thursday friday saturday sunday holiday holidays vacation christmas
birthday happybirthday halloween easter valentine newyear thanksgiving weekend forever foreverlove always alwaysandforever
everlasting eternity infinity destiny freedom liberty justice victory winner champion champions legend legends hero heroes
power powers energy thunder thunderbird lightning storm stormy tornado hurricane cyclone avalanche volcano earthquake
ocean oceans beach beaches island islands paradise tropical summer1 river rivers waterfall water lake forest jungle desert
garden gardens flower flowers rose roses lily lilies tulip orchid violet daisies lavender lotus blossom cherryblossom bamboo
tree trees maple willow cedar love lovely lovelove loveme loveme1 lover lovers loverboy loveyou loveyou1 lovelife lovebird
lovebug loving ilove iloveu iloveu1 iloveu2 iloveyou iloveyou1 iloveyou2 iloveme ilovehim iloveher ilovemymom ilovemom
imissyou truelove firstlove mylove mylove1 myangel mybaby mybabe baby babyboy babygirl babygurl babydoll babyface babyblue
babe babes bitch bitches asshole assholes bastard bullshit fuck fucker fuckers fucking fuckit fuckme fuckoff fuckyou
motherfucker shithead shit cunt dick dickhead penis pussy1 boobs tits sex sexy sexygirl sexylady sexybitch sexything hotsex
pornstar playboy playgirl playboy1 playmate hustler penthouse hardcore blowjob suckit sucker swinger erotic lesbian naked
hotstuff hotgirl hottie hotties hotdog hotrod gangster gangsta thuglife player players pimp pimpin pimpdaddy bigdaddy
bigdick bigboy bigbird bigdog bigman biggun daddy daddysgirl mommy mommy1 mother father brother sister family family1 children
grandma grandpa husband friend friends friends1 friendship bestfriend bestfriends together smile smiley smile1 smiling happy
happy1 happyday happyness happiness lol lollipop lollypop funny funnyman crazy crazyman crazygirl stupid idiot loser losers
dumbass moron nerd geek genius einstein newton galileo mozart beethoven picasso davinci shakespeare napoleon alexander
caesar spartacus achilles hercules zeus poseidon athena aphrodite artemis hermes odin loki cool coolcool coolman coolguy
coolgirl coolio coolness awesome amazing fantastic wonderful beautiful gorgeous pretty prettygirl handsome perfect special
excellent brilliant success successful positive peace peaceful peaceout peacelove harmony serenity courage bravery strength
hope dream dreams dreamer dreaming dreamcatcher believe believer trust trustme trustno1 trustnoone truth honest honesty
loyalty respect killer killers killer1 killme murder death deathstar dead deadman deadhead die destroy destroyer danger
dangerous terror terminator predator alien aliens ufo xfiles mulder scully area51 roswell shotgun bullet bullets gunner
gunners sniper soldier army navy marine marines airforce airborne ranger special1 semperfi military veteran police cop
fireman firefighter firebird fireball fire flame inferno blaze phoenix2 rocket rocketman missile cannon hammer hammers
sword blade blades razor knife hacker hackers hacked hack crack cracker cyber digital virtual matrix1 robot robots cyborg
android1 mechanic engine engineer turbo turbos nitro diesel truck trucks trucker tractor camaro corvette mustang1 ferrari
porsche porsche911 mercedes mercedesbenz bmw bmwm3 audi volkswagen volvo saab toyota corolla camry honda civic accord
nissan skyline mazda subaru impreza mitsubishi lancer hyundai chevrolet chevy silverado1 dodge viper charger challenger1
ford mustanggt explorer expedition ranger1 bronco jeep wrangler cherokee hummer cadillac lincoln pontiac firebird1 trans
transam gto harley harleydavidson davidson yamaha suzuki kawasaki ducati triumph motorcycle motocross motorola nokia
blackberry1 verizon bigbang southpark simpsons homer homersimpson bart bartsimpson familyguy stewie futurama bender scarface
godfather corleone soprano sopranos tonymontana rambo terminator2 jamesbond bond007 james007 agent007 007007 goldeneye
blade1 gladiator braveheart titanic avatar topgun casablanca rosebud dirtydancing grease footloose lasvegas vegas casino
poker blackjack jackpot lottery lucky13 money money1 moneyman moneymaker cash dollar dollars million millionaire billionaire
rich richman wealth fortune business1 stocks trading bitcoin crypto black blackcat blackdog blackjack1 blackbird blackbelt
blackrose blackstar blackangel blackout white whiteboy whitetiger whitewolf red redneck redhead redrose redred reddog blue
blueblue bluebird bluebell bluesky blueeyes blueberry1 bluemoon green greenday1 greentea greenbay greenman yellow yellowsub
orange1 purple purplerain purple1 pink pinkpink pinky pinkfloyd1 brown browneyes brownie gray violet1 magenta scarlet crimson
indigo turquoise rainbow1 abcdef abcdefg abcdefgh alphabet alpha alphaomega omega delta gamma sigma beta foxtrot tango bravo
charlie2 zulu number numbers numberone number1 one two three four five six seven eight nine ten hundred thousand first
second third last single double triple onetwothree onelove oneday oneness united unitedstates usa usausa usarmy usmarine
mexican latino latina boricua puertorico dominican colombia argentina venezuela espana sevilla madrid valencia benfica
sporting flamengo corinthians palmeiras galatasaray fenerbahce besiktas ajax feyenoord eindhoven bayern dortmund schalke
hamburg berlin munchen muenchen vienna zurich moscow kiev warsaw prague budapest istanbul athens cairo sydney melbourne
brisbane auckland toronto montreal vancouver ottawa qwerty qwertz azerty qwert asdf asdfgh zxcvbn zxcvb lkjhgf poiuyt mnbvcx
woaini woaini1314 woaini520 woaiwojia woaibaobao woaiziji baobei laopo laogong qinaide wodemima mima mimamima wangji nihao
nihaoma zaijian xiexie duibuqi zhongguo zhonghua shanghai1 guangzhou shenzhen chongqing hangzhou nanjing wuhan chengdu xian
tianjin suzhou taobao alibaba tencent weixin wechat baidu jingdong huawei xiaomi lenovo aini5201314 a5201314 iloveyou1314
1314520 5201314 7758521 7758258 woshishui woshini wobuaini tamade caonima shabi guanliyuan ceshi yonghu kehu zhike
ichliebedich schatz liebling hallo sommer fussball geheim jetaime bonjour soleil chouchou doudou marseille motdepasse
tequiero teamo miamor amor amorcito corazon contrasena estrella mariposa chocolate1 bonita hermosa princesa1 familia
amormio ilovemyself senha brasil1 flamengo1 ciaociao amoremio tiamo bella1 juventus1 napoli inter internazionale forzamilan
kochanie polska haslo misiek lubie aleksandra matrixreloaded parola sifre allah allahu bismillah muhammad mohammed ahmed
inshallah privet lubov parol gfhjkm natasha vladimir nikita marina svetlana ekaterina anastasia dmitriy sergey alexey
ashley1 pass1234 admin123 root123 test123 welcome123 qwerty123 abc123 abcd1234 a1b2c3d4 aa123456 p4ssw0rd pa55word
`)

/** First names, as they are typed. */
export const names = split(`
aaron abigail adam adrian adriana aidan alan albert alberto alejandra alejandro alex alexandra alexandre alexandria alexis
alfred alice alicia alison allison alyssa amanda amelia amy ana andrea andreas andrei andrew andy angela angelica angelina
angie anita anna anne annette annie anthony antoine antonio april ariana arthur ashley ashton audrey austin barbara barney
beatrice beatriz benjamin bernard bernardo bernie beth bethany betty beverly bill billy billybob bobby bonnie brad bradley
brandi brandon brandy brenda brendan brent brett brian brianna bridget britney brittany brooke brooklyn bruce bryan bryce
caitlin calvin cameron camila camille candace carl carla carlos carmen carol carolina caroline carolyn carrie casey cassandra
cassie catalina catherine cathy cecilia celine chad charlene charles charlotte chelsea cheryl chester chloe chris chrissy
christa christian christina christine christopher christy cindy claire clara clarence claudia claudio clayton clifford clinton
cody colin colleen connie connor corey cory courtney craig cristian cristina curtis cynthia daisy dakota dale damian damien
dana daniel daniela danielle danny darius darlene darren dave david dawn dean deanna debbie deborah debra dennis denise derek
derrick desiree diana diane diego dominic dominique donald donna dora doris dorothy douglas dustin dylan earl eddie edgar
edith eduardo edward edwin eileen elaine eleanor elena elijah elizabeth ella ellen emily emma enrique eric erica erin ernest
esteban esther ethan eugene eva evan evelyn fabian felicia felipe fernando florence frances francesca francesco francis
francisco frank frankie franklin freddie frederic frederick gabriela gabrielle garrett gary gavin genevieve geoffrey george
gerald gerard gilbert gina gloria gonzalo gordon grace graham grant greg gregory guillaume guillermo gustavo hailey hannah
harold harrison harry harvey heather hector heidi helen henry herbert holly howard hunter ian irene isaac isabel isabella
isabelle isaiah ivan jack jackie jackson jaime jake james jamie jane janet janice jared jason javier jean jeanne jeff jeffrey
jenna jennifer jenny jeremiah jeremy jerome jerry jesse jessica jessie jesus jill jimmy joan joanna joanne joaquin jocelyn
joe joel john johnny johnson jonathan jordan jorge jose joseph josephine joshua joyce juan juanita judith judy julia julian
juliana julie juliet julio justin kaitlyn karen karina karl kate katelyn katherine kathleen kathryn kathy katie katrina kayla
keith kelly kelsey ken kendra kenneth kenny kevin kim kimberly kirsten kristen kristin kristina kristine kurt kyle lance larry
laura lauren laurence laurent laurie lawrence leah lee leonard leonardo leslie lewis liam lillian lily linda lindsay lindsey
lisa lloyd logan lorena lorenzo lori lorraine louis louise lucas lucia luciana lucy luis luke lynn mackenzie madeline madison
malcolm manuel marc marcel marcela marcelo marco marcos marcus margaret maria mariah mariana marianne marie marilyn mario
marion marissa marjorie mark marlene marshall martha martin martina martinez marvin mary mason mathew matt matthew maureen
maurice mauricio max maxime megan melanie melinda melissa mercedes meredith michael michaela micheal michel michele michelle
miguel mike mikey mildred mitchell mohamed monica monique morgan morris muriel nancy naomi natalia natalie nathalie nathan
nathaniel neil nelson nicholas nicolas nicole nigel nina noah nora norman oliver olivia omar oscar owen pablo paige pamela
patricia patrick paul paula pauline pedro peggy penelope perry peter philip philippe phillip phyllis pierre rachel rafael
ralph ramon randall randy raquel raul raymond rebecca regina renee rene ricardo richard rick ricky robert roberto roberta robin
rodney rodrigo roger roland romain ronald ronnie rosa rosemary ross roxanne roy ruben rudy russell ruth ryan sabrina sally
samantha samuel sandra santiago sara sarah savannah scott sean sebastian serena sergio seth shane shannon sharon shaun shawn
sheila shelby sherry shirley sidney silvia simon simone sofia sonia sophia sophie spencer stacey stacy stanley stefan stefanie
stella stephan stephanie stephen steve steven stewart stuart sue susan susana suzanne sydney sylvia sylvie tamara tammy tanya
tara taylor ted teresa terri terry thelma theodore theresa thierry thomas tiffany tim timothy tina todd tom tommy toni tony
tonya tracey traci tracy travis trevor tristan troy tyler valentina valeria valerie vanessa vera vernon veronica vicki vickie
victor victoria vincent virginia vivian wallace walter wanda warren wayne wendy wesley whitney william williams willie wilson
xavier yolanda yvette yvonne zachary zoe smith jones brown davis miller moore anderson jackson5 thompson garcia robinson clark
rodriguez lopez gonzalez hernandez perez sanchez ramirez torres flores rivera gomez diaz cruz morales ortiz gutierrez
`)

/** Surnames in pinyin, by number of bearers. */
export const surnames = split(`
wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang deng han feng
cao zeng peng xiao cai pan tian dong yuan yu jiang du ye cheng wei su lv ding ren lu yao shen zhong cui tan fan wan
`)

/** Given names in pinyin, by number of bearers. */
export const givenNames = split(`
wei fang na min jing li qiang lei yang yan yong jun jie juan tao ming chao xiuying xia ping gang guiying lina xiaoming xiaohong
xiaoli xiaoyan xiaowei xiaojun jianguo jianhua weiwei lili yanyan tingting jingjing dandan fangfang yingying haiyan zhiqiang
zhiwei xinyi zihan yuxuan haoran zixuan yifan
`)
