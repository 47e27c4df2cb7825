#include "core/insights/model_answer.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/text/unicode.hpp"

namespace podbrief::insights {
namespace {

using nlohmann::json;

constexpr std::size_t longest_text = 1 << 20;
constexpr std::size_t most_claims = 64;
constexpr std::size_t longest_claim = 2'000;
constexpr std::size_t longest_quote = 4'000;
constexpr std::size_t most_segments = 16;

// What a model thinks aloud before it answers is not its answer.
std::string_view without_thoughts(std::string_view text) {
    constexpr std::string_view end = "</think>";
    const std::size_t at = text.rfind(end);
    return at == std::string_view::npos ? text : text.substr(at + end.size());
}

// Past the brace that closes the one at `begin`; npos: it is never closed. Braces in strings do not count.
std::size_t end_of_object(std::string_view text, std::size_t begin) {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = begin; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') {
                ++i;
            } else if (c == '"') {
                in_string = false;
            }
            continue;
        }
        if (c == '"') in_string = true;
        if (c == '{') ++depth;
        if (c == '}' && --depth == 0) return i + 1;
    }
    return std::string_view::npos;
}

// The first balanced {...} that is JSON and has `key`.
std::optional<json> object_with(std::string_view text, const char* key) {
    constexpr int most_tries = 64;
    int tries = 0;
    for (std::size_t at = text.find('{'); at != std::string_view::npos && tries < most_tries;
         at = text.find('{', at + 1), ++tries) {
        const std::size_t end = end_of_object(text, at);
        if (end == std::string_view::npos) continue;
        json object = json::parse(text.substr(at, end - at), nullptr, false);
        if (object.is_object() && object.contains(key)) return object;
    }
    return std::nullopt;
}

std::optional<std::string> text_of(const json& entry, const char* key, std::size_t longest) {
    const auto found = entry.find(key);
    if (found == entry.end() || !found->is_string()) return std::nullopt;
    const auto& text = found->get_ref<const std::string&>();
    if (text.empty() || text.size() > longest) return std::nullopt;
    return text::collapse_white_space(text::to_valid_utf8(text));
}

std::optional<ModelClaim> claim_of(const json& entry) {
    if (!entry.is_object()) return std::nullopt;
    auto claim = text_of(entry, "claim", longest_claim);
    auto quote = text_of(entry, "quote", longest_quote);
    const auto ids = entry.find("segment_ids");
    if (!claim || !quote || ids == entry.end() || !ids->is_array() || ids->size() > most_segments) return std::nullopt;
    ModelClaim out{std::move(*claim), std::move(*quote), {}};
    for (const json& id : *ids) {
        if (!id.is_number_unsigned() || id.get<std::uint64_t>() > 10'000'000) return std::nullopt;
        out.segments.push_back(id.get<int>());
    }
    return out;
}

void take(const json& entry, ModelAnswer& answer) {
    auto claim = claim_of(entry);
    if (!claim || answer.claims.size() == most_claims) {
        ++answer.unreadable;
        return;
    }
    answer.claims.push_back(std::move(*claim));
}

// Of an answer that breaks off: the entries that came whole.
ModelAnswer salvage(std::string_view text) {
    ModelAnswer answer;
    const std::size_t list = text.find('[');
    if (list == std::string_view::npos) return answer;
    for (std::size_t at = text.find('{', list); at != std::string_view::npos; at = text.find('{', at)) {
        const std::size_t end = end_of_object(text, at);
        if (end == std::string_view::npos) break;
        take(json::parse(text.substr(at, end - at), nullptr, false), answer);
        at = end;
    }
    return answer;
}

}  // namespace

std::optional<ModelAnswer> read_model_answer(std::string_view text) {
    text = without_thoughts(text.substr(0, longest_text));
    const auto object = object_with(text, "insights");
    if (!object) {
        const std::size_t key = text.find("\"insights\"");
        if (key == std::string_view::npos) return std::nullopt;
        ModelAnswer answer = salvage(text.substr(key));
        if (answer.claims.empty()) return std::nullopt;
        return answer;
    }
    const json& list = (*object)["insights"];
    if (!list.is_array()) return std::nullopt;
    ModelAnswer answer;
    for (const json& entry : list) take(entry, answer);
    return answer;
}

std::vector<std::size_t> read_model_choice(std::string_view text, std::size_t count) {
    std::vector<std::size_t> chosen;
    const auto object = object_with(without_thoughts(text.substr(0, longest_text)), "best");
    if (!object || !(*object)["best"].is_array()) return chosen;
    for (const json& number : (*object)["best"]) {
        if (!number.is_number_unsigned() || number.get<std::uint64_t>() >= count) continue;
        const auto index = number.get<std::size_t>();
        if (std::find(chosen.begin(), chosen.end(), index) == chosen.end()) chosen.push_back(index);
    }
    return chosen;
}

std::vector<JudgedPair> read_model_relations(std::string_view text, std::size_t count) {
    std::vector<JudgedPair> judged;
    const auto object = object_with(without_thoughts(text.substr(0, longest_text)), "relations");
    if (!object || !(*object)["relations"].is_array()) return judged;
    for (const json& entry : (*object)["relations"]) {
        if (!entry.is_object() || !entry.contains("pair") || !entry.contains("relation") ||
            !entry.contains("confidence")) {
            continue;
        }
        const json& number = entry["pair"];
        const json& relation = entry["relation"];
        const json& percent = entry["confidence"];
        if (!number.is_number_unsigned() || number.get<std::uint64_t>() >= count) continue;
        if (!relation.is_string() || !percent.is_number_integer()) continue;
        JudgedPair one;
        one.pair = number.get<std::size_t>();
        const auto& name = relation.get_ref<const std::string&>();
        if (name == "supports") one.relation = Relation::supports;
        if (name == "disputes") one.relation = Relation::disputes;
        if (name == "adds_context") one.relation = Relation::adds_context;
        if (!one.relation && name != "unrelated") continue;
        const auto value = percent.get<std::int64_t>();
        if (value < 0 || value > 100) continue;
        one.confidence = static_cast<double>(value) / 100.0;
        const bool again =
            std::any_of(judged.begin(), judged.end(), [&](const JudgedPair& j) { return j.pair == one.pair; });
        if (!again) judged.push_back(one);
    }
    return judged;
}

std::string claims_schema() {
    return R"({"type":"object","additionalProperties":false,"required":["insights"],"properties":{"insights":)"
           R"({"type":"array","items":{"type":"object","additionalProperties":false,)"
           R"("required":["claim","quote","segment_ids"],"properties":{"claim":{"type":"string"},)"
           R"("quote":{"type":"string"},"segment_ids":{"type":"array","items":{"type":"integer"}}}}}}})";
}

std::string choice_schema() {
    return R"({"type":"object","additionalProperties":false,"required":["best"],"properties":{"best":)"
           R"({"type":"array","items":{"type":"integer"}}}})";
}

std::string relations_schema() {
    return R"({"type":"object","additionalProperties":false,"required":["relations"],"properties":{"relations":)"
           R"({"type":"array","items":{"type":"object","additionalProperties":false,)"
           R"("required":["pair","relation","confidence"],"properties":{"pair":{"type":"integer"},)"
           R"("relation":{"type":"string","enum":["supports","disputes","adds_context","unrelated"]},)"
           R"("confidence":{"type":"integer"}}}}}})";
}

}  // namespace podbrief::insights
