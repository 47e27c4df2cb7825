#include "core/insights/noted_names.hpp"

#include <algorithm>
#include <array>

#include "core/text/ascii.hpp"
#include "core/text/html.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

constexpr std::size_t most_notes = 64 * 1024;  // bytes that are looked at
constexpr std::size_t most_names = 100;

constexpr std::string_view given_names[] = {
    "aaron",     "abby",      "abigail",   "adam",        "adrian",    "ahmed",    "aiden",    "alan",      "albert",
    "alejandro", "alex",      "alexa",     "alexander",   "alexandra", "alexis",   "alice",    "alison",    "allison",
    "amanda",    "amber",     "amit",      "amy",         "ana",       "andre",    "andrea",   "andreas",   "andrej",
    "andrew",    "andy",      "angela",    "angus",       "anil",      "anita",    "ann",      "anna",      "anne",
    "anthony",   "antonio",   "april",     "ari",         "arjun",     "arthur",   "arvind",   "ashley",    "audrey",
    "barbara",   "ben",       "benedict",  "benjamin",    "bernard",   "bernie",   "beth",     "bill",      "bob",
    "brad",      "brandon",   "brenda",    "brendan",     "brett",     "brian",    "bruce",    "bryan",     "caitlin",
    "calvin",    "cameron",   "carl",      "carla",       "carlos",    "carol",    "caroline", "catherine", "cathy",
    "cecilia",   "charles",   "charlie",   "charlotte",   "chelsea",   "chen",     "cheryl",   "chloe",     "chris",
    "christian", "christina", "christine", "christopher", "cindy",     "claire",   "clara",    "claudia",   "colin",
    "connor",    "craig",     "crystal",   "curtis",      "cynthia",   "dale",     "dan",      "dana",      "daniel",
    "daniela",   "danielle",  "danny",     "dario",       "darren",    "dave",     "david",    "dawn",      "dean",
    "deborah",   "demis",     "denis",     "dennis",      "derek",     "diana",    "diane",    "diego",     "dirk",
    "dmitri",    "dominic",   "don",       "donald",      "donna",     "doris",    "doug",     "douglas",   "drew",
    "dylan",     "ed",        "eddie",     "eduardo",     "edward",    "eileen",   "elaine",   "elena",     "eleanor",
    "eli",       "elizabeth", "ella",      "ellen",       "elliot",    "elon",     "emilia",   "emily",     "emma",
    "eric",      "erica",     "erik",      "erin",        "ethan",     "eugene",   "eva",      "evan",      "eve",
    "evelyn",    "fatima",    "felix",     "fernando",    "fiona",     "florian",  "frances",  "francis",   "francois",
    "frank",     "fred",      "gabriel",   "gareth",      "gary",      "gavin",    "geoff",    "george",    "gerald",
    "gina",      "giovanni",  "glenn",     "gloria",      "gordon",    "grace",    "graham",   "grant",     "greg",
    "gregory",   "guido",     "gwen",      "hannah",      "harold",    "harry",    "heather",  "hector",    "heidi",
    "helen",     "henry",     "holly",     "howard",      "hugh",      "hugo",     "ian",      "igor",      "ilya",
    "ingrid",    "irene",     "isaac",     "isabel",      "ivan",      "jack",     "jackie",   "jackson",   "jacob",
    "jaime",     "jake",      "james",     "jamie",       "jan",       "jane",     "janet",    "jared",     "jason",
    "javier",    "jay",       "jean",      "jeff",        "jeffrey",   "jen",      "jennifer", "jenny",     "jensen",
    "jeremy",    "jerod",     "jerome",    "jerry",       "jesse",     "jessica",  "jill",     "jim",       "jimmy",
    "joan",      "joanna",    "joe",       "joel",        "johan",     "johannes", "john",     "johnny",    "jon",
    "jonas",     "jonathan",  "jordan",    "jorge",       "jose",      "joseph",   "josh",     "joshua",    "joyce",
    "juan",      "judith",    "judy",      "julia",       "julian",    "julie",    "justin",   "kai",       "karen",
    "karl",      "kate",      "katherine", "kathleen",    "kathy",     "katie",    "keith",    "kelly",     "kelsey",
    "ken",       "kenneth",   "kevin",     "kim",         "kris",      "kristen",  "kurt",     "kyle",      "larry",
    "lars",      "laura",     "lauren",    "laurence",    "lawrence",  "lea",      "lee",      "lena",      "leo",
    "leon",      "leonard",   "leslie",    "lex",         "liam",      "lillian",  "lily",     "linda",     "linus",
    "lisa",      "liz",       "lora",      "lori",        "louis",     "louise",   "lucas",    "lucia",     "lucy",
    "luis",      "luke",      "lynn",      "maggie",      "marc",      "marcel",   "marco",    "marcus",    "margaret",
    "maria",     "marie",     "marilyn",   "mario",       "marissa",   "mark",     "markus",   "martha",    "martin",
    "mary",      "mat",       "matt",      "matthew",     "maureen",   "max",      "maya",     "megan",     "mei",
    "melanie",   "melissa",   "mia",       "michael",     "michelle",  "miguel",   "mike",     "mira",      "miriam",
    "mohamed",   "mohammed",  "molly",     "monica",      "morgan",    "nadia",    "naomi",    "natalie",   "natasha",
    "nathan",    "neal",      "neil",      "nicholas",    "nick",      "nicole",   "nikita",   "nikhil",    "nina",
    "noah",      "nora",      "norman",    "oliver",      "olivia",    "omar",     "oscar",    "owen",      "pablo",
    "pamela",    "pat",       "patricia",  "patrick",     "paul",      "paula",    "pedro",    "peggy",     "pete",
    "peter",     "phil",      "philip",    "phillip",     "pierre",    "priya",    "rachel",   "rafael",    "raj",
    "ralph",     "raymond",   "rebecca",   "renee",       "ricardo",   "richard",  "rick",     "rita",      "rob",
    "robert",    "roberta",   "robin",     "rodney",      "roger",     "roland",   "ron",      "ronald",    "rosa",
    "rose",      "ross",      "roy",       "russell",     "ruth",      "ryan",     "sally",    "sam",       "samantha",
    "samuel",    "sandra",    "sanjay",    "sara",        "sarah",     "satya",    "scott",    "sean",      "sebastian",
    "sergey",    "seth",      "shane",     "shannon",     "sharon",    "shawn",    "sheila",   "shirley",   "simon",
    "sofia",     "sonia",     "sophia",    "sophie",      "stacy",     "stan",     "stanley",  "stefan",    "stella",
    "stephanie", "stephen",   "steve",     "steven",      "stuart",    "sue",      "sundar",   "sunil",     "susan",
    "suzanne",   "sven",      "sylvia",    "tamara",      "tanya",     "tara",     "ted",      "teresa",    "terry",
    "theo",      "theresa",   "thomas",    "tim",         "timothy",   "tina",     "todd",     "tom",       "tomasz",
    "tony",      "tracy",     "travis",    "trevor",      "tyler",     "valerie",  "vanessa",  "vera",      "veronica",
    "victor",    "victoria",  "vijay",     "vincent",     "virginia",  "vitalik",  "vivian",   "vladimir",  "walter",
    "wanda",     "warren",    "wayne",     "wei",         "wendy",     "will",     "william",  "wolfgang",  "xavier",
    "yann",      "yasmin",    "yoshua",    "yuri",        "yvonne",    "zach",     "zachary",  "zoe",
};

// Before a person's name.
constexpr std::array<std::string_view, 30> cues = {
    "with",       "by",         "guest",     "guests",     "host",     "hosts",     "hosted",  "featuring",
    "feat",       "ft",         "joined",    "joins",      "author",   "professor", "prof",    "dr",
    "mr",         "mrs",        "ms",        "founder",    "ceo",      "cto",       "analyst", "economist",
    "researcher", "journalist", "interview", "interviews", "welcomes", "meet"};

bool is_name_word(std::string_view word) {
    if (word.size() < 2 || word.size() > 30) return false;
    const bool capital = text::is_ascii_upper(word[0]) || !text::is_ascii(word[0]);
    if (!capital) return false;
    std::size_t lower = 0;
    for (const char c : word.substr(1)) {
        const bool letter = text::is_ascii_letter(c) || !text::is_ascii(c);
        if (!letter && c != '\'' && c != '-') return false;
        lower += text::is_ascii_upper(c) ? 0 : 1;
    }
    return lower > 0;  // not "NASA"
}

// "Ng" may be a surname, "The" is none.
bool may_be_surname(std::string_view word) {
    return is_name_word(word) && !text::is_stop_word(text::fold(word));
}

}  // namespace

bool is_given_name(std::string_view folded) {
    return std::find(std::begin(given_names), std::end(given_names), folded) != std::end(given_names);
}

std::vector<std::string> names_in_notes(std::string_view notes) {
    const std::string plain = text::html_to_text(notes.substr(0, most_notes));
    const std::string_view text = plain;
    const std::vector<text::ByteRange> words = text::words(text);
    const auto word = [&](std::size_t i) { return words[i].in(text); };
    const auto joined = [&](std::size_t i) {  // with the one before, by a space alone
        return words[i].begin == words[i - 1].end + 1 && text[words[i - 1].end] == ' ';
    };
    std::vector<std::string> names;
    for (std::size_t i = 0; i + 1 < words.size() && names.size() < most_names; ++i) {
        const std::string first = text::fold(word(i));
        if (!is_name_word(word(i)) || !joined(i + 1) || !may_be_surname(word(i + 1))) continue;
        bool person = is_given_name(first);
        if (!person && i > 0) {
            const std::string before = text::fold(word(i - 1));
            person = !text::is_stop_word(first) && std::find(cues.begin(), cues.end(), before) != cues.end();
        }
        if (!person) continue;
        std::size_t last = i + 1;
        if (last + 1 < words.size() && joined(last + 1) && may_be_surname(word(last + 1))) ++last;
        // "Ada Byron Returns": of three words the first two may be all of it.
        for (std::size_t end = i + 1; end <= last; ++end) {
            std::string_view name = text.substr(words[i].begin, words[end].end - words[i].begin);
            for (const std::string_view possessive : {"'s", "\u2019s"}) {
                if (name.ends_with(possessive)) name.remove_suffix(possessive.size());
            }
            if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
        }
        i = last;
    }
    return names;
}

}  // namespace podbrief::insights
