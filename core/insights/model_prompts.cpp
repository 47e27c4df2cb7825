#include "core/insights/model_prompts.hpp"

#include <fmt/format.h>

#include "core/insights/gates.hpp"
#include "core/insights/model_gates.hpp"
#include "core/text/digest.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::insights {
namespace {

std::string one_line(std::string_view text, std::size_t longest) {
    const std::string line = text::collapse_white_space(text::to_valid_utf8(text));
    return std::string(text::prefix_of(line, longest));
}

std::string between_marks(const std::string& what) {
    const std::string mark = "==== " + text::sha256_hex(what).substr(0, 20) + " ====\n";
    return mark + what + mark;
}

std::string people_of(const Podcast& podcast, const Episode& episode) {
    std::string names;
    int count = 0;
    for (const auto* persons : {&episode.persons, &podcast.persons}) {
        for (const Person& person : *persons) {
            if (person.name.empty() || ++count > 20) continue;
            names += (names.empty() ? "" : ", ") + one_line(person.name, 60);
        }
    }
    return names;
}

}  // namespace

ChatRequest ask_for_claims(const ModelPrompts& prompts, const ModelWindow& window, const Podcast& podcast,
                           const Episode& episode, std::size_t most) {
    ChatRequest request;
    request.system = prompts.extract;
    request.schema_name = "insights_v1";
    request.schema = claims_schema();
    std::string data =
        fmt::format("Show: {}\nEpisode: {}\n", one_line(podcast.title, 120), one_line(episode.title, 200));
    if (const std::string people = people_of(podcast, episode); !people.empty()) data += "People: " + people + "\n";
    data += "\n" + window.text;
    request.user = fmt::format("Give at most {} insights.\n\n{}", most, between_marks(data));
    return request;
}

ChatRequest ask_for_repair(const ModelPrompts& prompts, const ModelWindow& window,
                           std::span<const FailedClaim> failed) {
    ChatRequest request;
    request.system = prompts.repair;
    request.schema_name = "insights_v1";
    request.schema = claims_schema();
    std::string data;
    std::size_t number = 0;
    for (const FailedClaim& one : failed) {
        std::string ids;
        for (const int id : one.claim.segments) ids += (ids.empty() ? "" : ", ") + std::to_string(id);
        data += fmt::format("Failed {}: {}\n  quote: {}\n  segment_ids: {}\n  reason: {}\n", ++number,
                            one_line(one.claim.claim, 600), one_line(one.claim.quote, 900), ids, advice_for(one.fault));
    }
    data += "\n" + window.text;
    request.user = fmt::format("Mend these {} insights.\n\n{}", failed.size(), between_marks(data));
    return request;
}

ChatRequest ask_for_choice(const ModelPrompts& prompts, std::span<const std::string> claims, std::size_t wanted) {
    ChatRequest request;
    request.system = prompts.choose;
    request.schema_name = "choice_v1";
    request.schema = choice_schema();
    std::string data;
    for (std::size_t i = 0; i < claims.size(); ++i) data += fmt::format("{}. {}\n", i, one_line(claims[i], 400));
    request.user = fmt::format("Choose at most {}.\n\n{}", wanted, between_marks(data));
    return request;
}

ChatRequest ask_for_relations(const ModelPrompts& prompts, std::span<const ClaimPair> pairs) {
    ChatRequest request;
    request.system = prompts.relate;
    request.schema_name = "relations_v1";
    request.schema = relations_schema();
    std::string data;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        data += fmt::format("Pair {}\n  first: {}\n  second: {}\n", i, one_line(pairs[i].claim, 400),
                            one_line(pairs[i].head, 400));
    }
    request.user = fmt::format("Judge these {} pairs.\n\n{}", pairs.size(), between_marks(data));
    return request;
}

std::string_view advice_for(std::string_view fault) {
    struct Advice {
        std::string_view fault;
        std::string_view text;
    };
    static constexpr Advice all[] = {
        {gate::unknown_segment, "it cites segments that are not there; cite the numbers in brackets, at most eight"},
        {gate::invented_quote, "the quote is not word for word in the cited segments; copy it exactly"},
        {gate::short_quote, "the quote is too short; copy at least eight words"},
        {gate::beside_the_quote, "the claim says other things than the cited segments; stay with their words"},
        {gate::invented_quotation, "quotation marks stand around words that the segments do not have; drop the marks"},
        {gate::lost_hedge, "the speaker hedges and the claim does not; keep the hedge or name the speaker"},
        {gate::markup, "it has markup or unusual characters; plain text only"},
        {gate::link, "it has an address; leave it out"},
        {gate::ungrounded_number, "a number is not in the cited segments; cite where it is said, or leave it out"},
        {gate::ungrounded_name, "a name is not in the cited segments; cite where it is said, or leave it out"},
        {gate::too_long, "the claim is longer than 340 characters; shorten it"},
        {gate::too_short, "the claim is too short; give mechanism, consequence or evidence, 30 to 60 words"},
        {gate::dangling_start, "the claim opens with something that only the talk before explains; name its subject"},
        {gate::dangling_reference, "a pronoun has no name before it in the claim; name what it means"},
        {gate::first_person, "the claim speaks of we or I; use the third person"},
        {gate::second_person, "the claim speaks to you; use the third person"},
        {gate::question, "the claim is a question; make it a statement"},
    };
    for (const Advice& advice : all) {
        if (advice.fault == fault) return advice.text;
    }
    return "it does not read as a claim that stands alone";
}

}  // namespace podbrief::insights
