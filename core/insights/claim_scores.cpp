#include "core/insights/claim_scores.hpp"

#include <algorithm>
#include <cmath>

#include "core/insights/style.hpp"
#include "core/text/sentences.hpp"

namespace podbrief::insights {
namespace {

float saturating(double amount, double scale) {
    return static_cast<float>(1 - std::exp(-amount / scale));
}

}  // namespace

InsightScores scores_of(std::string_view text) {
    const std::string plain = plain_punctuation(text);
    double claim = 0;
    int names = 0;
    int numbers = 0;
    int telling = 0;
    int loose = 0;
    int colloquial = 0;
    bool names_subject = true;
    bool first = true;
    for (const text::ByteRange& sentence : text::sentences(plain)) {
        const Tokens tokens(sentence.in(plain));
        const SentenceFacts facts = facts_of(tokens);
        claim += first ? facts.claim : 0.6 * facts.claim;
        names += facts.names;
        numbers += facts.numbers;
        telling += facts.telling_words;
        colloquial += facts.colloquial;
        if (first) names_subject = facts.names_subject;
        if (!first) loose += facts.loose_references;
        first = false;
    }
    InsightScores scores;
    scores.claim = saturating(claim, 2.2);
    scores.specificity = saturating(0.5 * std::min(names, 4) + 0.6 * std::min(numbers, 3) + 0.12 * telling, 2.0);
    const double contained = 1 - 0.08 * std::min(loose, 3) - 0.03 * std::min(colloquial, 7) -
                             (names_subject ? 0 : 0.12) - (names == 0 && telling < 8 ? 0.1 : 0);
    scores.self_contained = static_cast<float>(std::max(0.0, contained));
    return scores;
}

}  // namespace podbrief::insights
