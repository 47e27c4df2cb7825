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
