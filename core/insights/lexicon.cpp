#include "core/insights/lexicon.hpp"

#include <unordered_map>

namespace podbrief::insights {
namespace {

struct Group {
    WordClasses classes;
    std::string_view words;  // separated by spaces
};

constexpr Group groups[] = {
    {person_pronoun, "he him his himself he's he'd he'll she her hers herself she's she'd she'll"},
    {thing_pronoun, "it its itself it's it'd it'll they them their theirs themselves they're they've they'd they'll"},
    {demonstrative, "this that these those that's that'll that'd"},
    {first_singular, "i i'm i've i'd i'll me my mine myself"},
    {first_plural, "we we're we've we'd we'll us our ours ourselves"},
    {second_person, "you you're you've you'd you'll your yours yourself yourselves y'all"},
    {auxiliary,
     "is are was were be been being am isn't aren't wasn't weren't has have had haven't hasn't hadn't do does did "
     "don't doesn't didn't can could will would shall should may might must can't cannot couldn't won't wouldn't "
     "shouldn't it's that's there's he's she's what's who's here's they're we're you're i'm they've we've you've i've "
     "it'll they'll we'll you'll he'll she'll that'll there'll it'd they'd we'd you'd let's ain't gets got"},
    {verb | common,
     "get getting go goes going gone went come comes came coming make makes made making take takes took taken taking "
     "give gives gave given giving see sees saw seen seeing know knows knew known knowing think thinks thought "
     "thinking want wants wanted wanting need needs needed needing use uses used using find finds found finding tell "
     "tells told telling ask asks asked asking work works worked working seem seems seemed feel feels felt feeling try "
     "tries tried trying leave leaves left call calls called calling keep keeps kept keeping let lets begin begins "
     "began start starts started starting show shows showed shown showing hear hears heard hearing run runs ran "
     "running move moves moved moving live lives lived bring brings brought bringing happen happens happened happening "
     "write writes wrote written writing sit sits sat stand stands stood lose loses lost pay pays paid meet meets met "
     "include includes included continue continues set sets learn learns learned learning change changes changed "
     "changing lead leads led understand understands understood watch watches watched follow follows followed stop "
     "stops stopped create creates created creating speak speaks spoke spoken read reads allow allows allowed spend "
     "spends spent grow grows grew grown open opens opened walk walks walked win wins won offer offers offered "
     "remember remembers remembered consider considers considered appear appears appeared buy buys bought wait waits "
     "serve serves served die dies died send sends sent expect expects expected build builds built building stay stays "
     "stayed fall falls fell cut cuts reach reaches reached remain remains remained put puts putting say says said "
     "saying mean means meant talk talks talked talking look looks looked looking become becomes became becoming help "
     "helps helped helping play plays played turn turns turned solve solves solved fix fixes fixed ship ships shipped "
     "break breaks broke broken matter matters figure figures figured end ends ended add adds added adding"},
    {verb,
     "require requires required cause causes caused force forces forced drive drives drove driven prevent prevents "
     "prevented reduce reduces reduced increase increases increased improve improves improved limit limits limited "
     "enable enables enabled lack lacks lacked fail fails failed scale scales scaled cost costs produce produces "
     "produced train trains trained depend depends depended rely relies relied replace replaces replaced treat treats "
     "treated tend tends tended outperform outperforms outperformed suffer suffers struggle struggles ignore ignores "
     "optimize optimizes optimized generate generates generated deploy deploys deployed adopt adopts adopted hire "
     "hires "
     "hired evolve evolves evolved compete competes compiles compile handle handles handled hold holds held store "
     "stores stored share shares shared break sell sells sold raise raises raised carry carries carried choose chooses "
     "chose chosen define defines defined describe describes described design designs designed release releases "
     "released support supports supported suggest suggests suggested argue argues argued claim claims claimed warn "
     "warns warned ban bans banned regulate regulates regulated restrict restricts restricted makes rewards reward "
     "hurts hurt wins beats beat proves proved hides hide costs eats eat teaches teach"},
    {full_verb,
     "accept accepted accepts accessed achieve achieved achieves acted adapt adapted adapts addressed affect "
     "affected affects agree agreed agrees aimed align aligned aligns amounted amplified amplifies amplify "
     "analyze analyzed analyzes announce announced announces appealed applied applies apply approached arose "
     "arrive arrived arrives asked assign assigned assigns assume assumed assumes ate attach attached attaches "
     "attacked attended attract attracted attracts automate automated automates avoid avoided avoids backfire "
     "backfired backfires balanced based behave behaved behaves belong belonged belongs benefited beted bit "
     "blame blamed blames blocked boosted bore bottlenecked bound breaked bridged bring bringed brings burned "
     "burnt buyed captured catched caught caused charged checked clean cleaned cleans climbed collapsed combine "
     "combined combines committed compare compared compares complain complained complains complied complies "
     "comply compose composed composes compress compressed compresses compute computed computes conclude "
     "concluded concludes configure configured configures connect connected connects constrain constrained "
     "constrains consume consumed consumes contain contained contains contribute contributed contributes "
     "controlled convert converted converts convince convinced convinces covered crashed crossed customize "
     "customized customizes damaged dealed dealt decide decided decides declined decrease decreased decreases "
     "delegated delete deleted deletes deliver delivered delivers demanded demonstrate demonstrated "
     "demonstrates denied denies deny deserve deserved deserves detect detected detects determine determined "
     "determines develop developed develops dictate dictated dictates differ differed differs disappear "
     "disappeared disappears discourage discouraged discourages discover discovered discovers distribute "
     "distributed distributes dominate dominated dominates doubled downloaded drank draw drawed drawn draws "
     "drew dug earn earned earns eaten eliminate eliminated eliminates embed embeded embeds embrace embraced "
     "embraces emerge emerged emerges emphasize emphasized emphasizes encode encoded encodes encourage "
     "encouraged encourages ended enforce enforced enforces enhance enhanced enhances ensure ensured ensures "
     "enter entered enters erode eroded erodes establish established establishes estimated evaluate evaluated "
     "evaluates exceed exceeded exceeds exchanged execute executed executes exist existed exists expand "
     "expanded expands expire expired expires explain explained explains explode exploded explodes explore "
     "explored explores expose exposed exposes express expressed expresses extend extended extends extract "
     "extracted extracts faced falled fed feeded fitted flew flowed focused forget forgeted forgets forgot "
     "forgotten formed froze fueled functioned gained generalize generalized generalizes govern governed "
     "governs grabbed grounded guarantee guaranteed guarantees guided hallucinate hallucinated hallucinates "
     "handle handled handles happen happened happens harmed hesitate hesitated hesitates hid hit hited hosted "
     "identified identifies identify impacted implied implies imply imported incentivize incentivized "
     "incentivizes indicate indicated indicates infer inferred infers influenced inform informed informs "
     "inherit inherited inherits inject injected injects insist insisted insists install installed installs "
     "integrate integrated integrates interact interacted interacts interpret interpreted interprets introduce "
     "introduced introduces invent invented invents invest invested invests invite invited invites involve "
     "involved involves iterate iterated iterates join joined joins judge judged judges jumped justified "
     "justifies justify kicked kill killed kills laged laid landed lasted launched lay leaked lean leaned leans "
     "leant learn learned learns lend lended lends leverage leveraged leverages lied limited linked loaded "
     "locked maintain maintained maintains manage managed manages mapped matched measured memorize memorized "
     "memorizes merge merged merges migrate migrated migrates mirrored mislead misleaded misleads miss missed "
     "misses modeled monitored multiplied multiplies multiply negotiate negotiated negotiates noticed obtain "
     "obtained obtains occur occurred occurs offload offloaded offloads operate operated operates orchestrate "
     "orchestrated orchestrates outpace outpaced outpaces outperform outperformed outperforms outsource "
     "outsourced outsources outweigh outweighed outweighs overlap overlaped overlaps override overrided "
     "overrides own owned owns patched perform performed performs permit permits permitted persist persisted "
     "persists picked planned pointed popped possess possessed possesses predict predicted predicts prefer "
     "prefered prefers presented preserve preserved preserves prioritize prioritized prioritizes processed "
     "promised promote promoted promotes prompted propose proposed proposes protect protected protects prove "
     "proved proves provide provided provides publish published publishes pulled punish punished punishes "
     "pursue pursued pursues pushed queried questioned raise raised raises ranked react reacted reacts realize "
     "realized realizes reasoned rebuild rebuilded rebuilds receive received receives recognize recognized "
     "recognizes recommend recommended recommends recorded refer referred refers reflect reflected reflects "
     "reframe reframed reframes refuse refused refuses reject rejected rejects relate related relates remove "
     "removed removes render rendered renders repeat repeated repeats reported represent represented represents "
     "reproduce reproduced reproduces resist resisted resists resolve resolved resolves respond responded "
     "responds rested resulted retain retained retains retrain retrained retrains retrieve retrieved retrieves "
     "returned reuse reused reuses reveal revealed reveals reviewed rewarded rewrite rewrited rewrites rised "
     "risen risked rolled rose sank saved scrape scraped scrapes searched seek seeked seeks select selected "
     "selects separate separated separates serialize serialized serializes settle settled settles shaped "
     "shifted shook shrink shrinked shrinks signaled simplified simplifies simplify simulate simulated "
     "simulates sit sited sits skipped sleeped slept slipped slowed sought sounded spawn spawned spawns "
     "specified specifies specify speeded spinned splited sprang spreaded spun started stemed sticked stripped "
     "strive strived strives struck structured stuck submit submits submitted subsidize subsidized subsidizes "
     "succeed succeeded succeeds suck sucked sucks suited surfaced surprised surround surrounded surrounds "
     "survive survived survives swapped switched swore swung synthesize synthesized synthesizes tackled "
     "targeted taught tell telled tells tempt tempted tempts tested threaten threatened threatens threw throw "
     "throwed thrown throws tied tore touched tracked traded transferred transform transformed transforms "
     "translate translated translates traveled triggered trusted tuned uncover uncovered uncovers undercut "
     "undercuted undercuts undermine undermined undermines updated upgraded validate validated validates vanish "
     "vanished vanishes varied varies vary verified verifies verify viewed violate violated violates visited "
     "voted want wanted wants warrant warranted warrants wasted weaken weakened weakens weigh weighed weighs "
     "woke wondered wore worried wrapped yielded"},
    {preposition,
     "of in on at by for with from about into over under between behind through during before after against within "
     "without across around among along toward towards upon off per via near inside outside beyond despite"},
    {discourse,
     "and so but or yeah yep yup oh okay ok um uh uhm erm ah hmm mhm gotcha anyways anyway yes hey alright wow man "
     "nope"},
    {discourse_comma,
     "well now like right look honestly exactly absolutely definitely sure totally basically actually again no "
     "obviously frankly true agreed correct literally seriously listen see cool great perfect plus also still then "
     "clearly fundamentally essentially ultimately"},
    {filler, "um uh uhm erm er hmm mm mhm"},
    {back_opening,
     "which who whose whom that this these those it he she they them him her his hers their theirs its it's he's she's "
     "they're they've that's such another other others both either neither then also plus because since 'cause cause "
     "except whereas however therefore thus hence otherwise instead meanwhile besides similarly likewise conversely "
     "nor rather same one's too like there'd yet ones as again than especially particularly including so and but or "
     "though although mostly exactly saying going based depending due not until that'll that'd it'll it'd they'll "
     "they'd he'd he'll she'd she'll"},
    {anchor,
     "problem problems issue issues challenge challenges question questions key trick point idea goal goals reason "
     "reasons reality truth fact answer difference differences future internet web world cloud market industry economy "
     "government public best worst biggest largest smallest most more less least first only hardest easiest main real "
     "true whole average typical traditional modern human majority vast trade tradeoff biggest greatest fastest "
     "cheapest latest newest oldest original primary core fundamental ultimate ideal common classic general entire "
     "number amount kind kinds type types sort quality cost costs price value risk risks benefit benefits power "
     "ability lack rise fall growth rate rest day days end beginning history past present planet earth sun moon sky "
     "brain mind media press law military police president law gap shift move way ways process art science role "
     "importance nature notion concept promise danger dangers advantage advantages disadvantage downside upside "
     "bottleneck bottlenecks lesson lessons secret secrets magic beauty irony paradox bar barrier barriers burden "
     "field state term word terms words name open status next last farther further better worse bigger faster higher "
     "lower harder easier longer younger older deeper closer"},
    {common,
     "people person guy guys folk folks kind kinds thing things stuff way ways lot lots bit bunch time times year "
     "years "
     "month months week weeks day days today yesterday tomorrow good great nice cool bad better best worse right wrong "
     "big small little large huge new old first last next same different various certain particular specific general "
     "sure able interesting fun easy hard simple real true possible important really actually basically probably "
     "definitely obviously literally totally completely absolutely exactly pretty quite very super maybe perhaps just "
     "even still already always never often sometimes usually ever also too else instead anyway back around away "
     "together everything something anything nothing everyone everybody someone somebody anyone anybody nobody thought "
     "idea ideas question questions answer answers point points part parts place places side sides case cases example "
     "examples fact reason reasons sense problem problems issue issues number numbers word words name names piece "
     "pieces level levels type types sort sorts term terms world life hand hands team teams job jobs start end top "
     "okay whole full entire couple least whatever whenever wherever however one ones two three four five six seven "
     "eight nine ten hundred second third half million percent now then here there where when why how what who which "
     "many much more most less few several enough such own other another each every both either all any some none no "
     "not talk conversation kinda sorta love like friend friends happy excited amazing awesome crazy weird super "
     "amount context situation experience stuff area areas space step steps line lines set list group bring whole "
     "multiple single long short high low early late soon ago far near close past future present current currently "
     "recently moment minute minutes hour hours guess gonna wanna gotta yeah wow hey oh okay please thanks thank"},
    {hedge,
     "may might could perhaps maybe probably possibly likely potentially reportedly allegedly apparently seemingly "
     "presumably suggests suggest appears appear seems seem tends tend often sometimes usually generally roughly "
     "almost "
     "arguably supposedly"},
    {number_word,
     "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety "
     "hundred hundreds thousand thousands million millions billion billions trillion trillions percent dozen dozens "
     "half twice double triple"},
    {informal,
     "gonna wanna gotta kinda sorta dude guys crazy damn shit crap hell freaking fucking fuck awesome yay ish dang "
     "heck "
     "lol whatnot y'all ain't wow super insane"},
    {cliche_opening,
     "imagine check let's let remember go take think look listen consider suppose picture try make guess tell give "
     "stay keep please say come wait call talk put pick ask read write click subscribe join enjoy start stop use find "
     "watch bring throw hold get don't see"},
    {chatter,
     "thanks thank welcome goodbye bye congrats congratulations hello listeners listener subscribers sponsor sponsors "
     "sponsored podcast podcasts podcasting newsletter episode episodes laughs laughter laughing unintelligible "
     "inaudible crosstalk applause guest guests cohost cohosts"},
    {time_noun, "year years week weeks month months day days decade century era age morning point time"},
    {belief, "think believe suspect guess feel hope argue imagine assume reckon bet"},
    {doubles, "very really so many much had that no yes far long more bye way too do is it"},
    {anchor, "sooner smarter simplest strongest weakest single sole majority minority same-sex"},
};

std::unordered_map<std::string_view, WordClasses> build() {
    std::unordered_map<std::string_view, WordClasses> table;
    table.reserve(4096);
    for (const Group& group : groups) {
        std::string_view rest = group.words;
        while (!rest.empty()) {
            const std::size_t end = rest.find(' ');
            const std::string_view word = rest.substr(0, end);
            if (!word.empty()) table[word] |= group.classes;
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        }
    }
    return table;
}

}  // namespace

WordClasses classes_of(std::string_view lower) {
    static const std::unordered_map<std::string_view, WordClasses> table = build();
    const auto found = table.find(lower);
    return found == table.end() ? 0 : found->second;
}

}  // namespace podbrief::insights
