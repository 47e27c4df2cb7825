#include "core/insights/claim_markers.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace podbrief::insights {
namespace {

enum Kind : std::size_t { cause, contrast, comparison, consequence, evaluation, generality, kinds };

struct Group {
    Kind kind;
    double weight;
    std::string_view phrases;  // separated by '|'
};

constexpr Group groups[] = {
    {cause, 0.8,
     "because|because of|due to|as a result of|the reason|the reasons|caused by|driven by|thanks to|comes down "
     "to|stems "
     "from|comes from|depends on|depend on|rely on|relies on|boils down to|is what makes|root cause"},
    {cause, 0.6, "since|causes|cause|drives|drive|forces|force|enables|enable|prevents|prevent|makes it|make it"},
    {contrast, 0.9,
     "instead of|rather than|contrary to|as opposed to|on the other hand|even though|despite|in spite of|is not the "
     "same as|the opposite|not because|isn't just|is not just|not only|more about|less about|unlike|counterintuitive|"
     "ironically|paradox|surprisingly|misconception|myth|the wrong"},
    {contrast, 0.6,
     "but|however|although|though|whereas|yet|instead|while|except|without|isn't|aren't|not|never|until"},
    {comparison, 0.7,
     "more than|less than|better than|worse than|faster than|cheaper than|bigger than|fewer than|harder than|easier "
     "than|the most|the best|the biggest|the worst|the largest|the fastest|the only|the first|as much as|twice "
     "as|times "
     "as|times more|times faster|orders of magnitude|order of magnitude|compared to|compared with|versus|higher than|"
     "lower than|the hardest|the more|the less|outperform|outperforms|outperformed"},
    {comparison, 0.4, "more|less|fewer|better|worse|faster|slower|cheaper|harder|easier|bigger|smaller|safer|than"},
    {consequence, 0.9,
     "as a result|which means|that means|means that|therefore|consequently|leads to|lead to|leading to|results in|"
     "resulting in|so that|turns out|turned out|end up|ends up|ended up|forces you|allows you to|in order to|implies|"
     "thus|hence|this means"},
    {consequence, 0.6, "if|unless|once|when|then|so|otherwise|would have|could have|allows|lets|allow"},
    {evaluation, 0.9,
     "the problem is|the problem with|the challenge is|the challenge with|the key|the trade|trade off|trade offs|"
     "tradeoff|tradeoffs|the issue is|the issue with|biggest problem|biggest challenge|the point of|the value of|the "
     "future of|the risk|the hard part|bottleneck|bottlenecks|downside|upside|the danger|single point of failure|the "
     "real|the trick|mistake|mistakes|the goal|the truth|the difference between"},
    {evaluation, 0.5,
     "important|critical|crucial|essential|necessary|difficult|hard|impossible|expensive|valuable|useless|dangerous|"
     "risk|"
     "risky|risks|fragile|powerful|effective|efficient|inefficient|overrated|underrated|matters|matter|fails|fail|"
     "failure|succeed|success|wrong|broken|problem|challenge|limitation|limits|advantage|benefit|benefits|cost|costs|"
     "worth|should|shouldn't|must|need to|needs to|have to|has to|cannot|can't|won't"},
    {generality, 0.5,
     "always|never|every|everyone|nobody|most|all|tend to|tends to|often|usually|rarely|in general|increasingly|no "
     "longer|any|only|majority|typically|fundamentally|inherently|by definition"},
};

struct Phrase {
    std::vector<std::string_view> words;
    double weight;
    Kind kind;
};
using Table = std::unordered_map<std::string_view, std::vector<Phrase>>;  // by first word, longest first

Table build() {
    Table table;
    for (const Group& group : groups) {
        std::string_view rest = group.phrases;
        while (!rest.empty()) {
            const std::size_t end = rest.find('|');
            std::string_view phrase = rest.substr(0, end);
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
            Phrase made{{}, group.weight, group.kind};
            while (!phrase.empty()) {
                const std::size_t space = phrase.find(' ');
                made.words.push_back(phrase.substr(0, space));
                phrase = space == std::string_view::npos ? std::string_view{} : phrase.substr(space + 1);
            }
            table[made.words.front()].push_back(std::move(made));
        }
    }
    for (auto& [word, phrases] : table) {
        std::sort(phrases.begin(), phrases.end(), [](const Phrase& a, const Phrase& b) {
            if (a.words.size() != b.words.size()) return a.words.size() > b.words.size();
            return a.words != b.words ? a.words < b.words : a.weight > b.weight;
        });
    }
    return table;
}

bool matches(const Phrase& phrase, std::span<const Token> tokens) {
    if (phrase.words.size() > tokens.size()) return false;
    return std::equal(phrase.words.begin(), phrase.words.end(), tokens.begin(),
                      [](std::string_view word, const Token& token) { return word == token.lower; });
}

}  // namespace

double claim_weight(std::span<const Token> tokens) {
    static const Table table = build();
    std::array<std::array<double, 2>, kinds> best{};  // the two heaviest of each kind
    for (std::size_t i = 0; i < tokens.size();) {
        std::size_t step = 1;
        if (const auto found = table.find(tokens[i].lower); found != table.end()) {
            for (const Phrase& phrase : found->second) {
                if (!matches(phrase, tokens.subspan(i))) continue;
                auto& [first, second] = best[phrase.kind];
                if (phrase.weight > first)
                    second = std::exchange(first, phrase.weight);
                else if (phrase.weight > second)
                    second = phrase.weight;
                step = phrase.words.size();
                break;
            }
        }
        i += step;
    }
    double total = 0;
    for (const auto& [first, second] : best) total += first + 0.5 * second;
    return total;
}

}  // namespace podbrief::insights
