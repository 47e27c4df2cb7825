// The seed page: one public example of the genre with a reader's labels. What of it is not finding: stance, the pair
// that says nearly the same, the misspelt name, the insight that cannot stand alone.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "adapters/index/memory_index.hpp"
#include "bot/quality/parts.hpp"
#include "core/insights/gates.hpp"
#include "core/insights/names.hpp"
#include "core/insights/stance.hpp"
#include "core/insights/style.hpp"
#include "core/search/relations.hpp"
#include "core/search/same_claim.hpp"

namespace podbrief::bot::quality {
namespace {

using nlohmann::json;

json read_page(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error(file.string() + ": cannot be read");
    return json::parse(in);
}

std::string text_in(const json& one) {
    std::string text = one.at("text").get<std::string>();
    std::erase(text, '*');  // emphasis
    return text;
}

// Insights 1 (the head) to 11, each of a show of its own.
std::vector<Insight> insights_of(const json& page) {
    std::vector<Insight> all;
    const auto add = [&all](const json& one) {
        Insight insight;
        insight.id = {one.at("id").get<std::int64_t>() + 1};
        insight.episode = {insight.id.value};
        insight.podcast = {insight.id.value};
        insight.cluster = {insight.id.value};
        insight.text = insight.quote = text_in(one);
        insight.stance = insights::stance_of(insight.text);
        all.push_back(std::move(insight));
    };
    add(page.at("head"));
    for (const json& related : page.at("related")) add(related);
    return all;
}

const Insight& numbered(const std::vector<Insight>& all, std::int64_t page_id) {
    return *std::find_if(all.begin(), all.end(), [&](const Insight& i) { return i.id.value == page_id + 1; });
}

struct Labels {
    int right = 0;
    int opposite = 0;  // supports for disputes, or the other way round
    int none = 0;      // not sure enough to show one
};

Labels labels_to_head(const json& page, const std::vector<Insight>& all) {
    Labels labels;
    for (const json& one : page.at("related")) {
        const auto wanted = one.at("stance_to_head").get<std::string>();
        const auto guess = search::relation_to(numbered(all, one.at("id").get<std::int64_t>()), all.front());
        if (!guess.relation) {
            ++labels.none;
            continue;
        }
        const std::string_view got = to_string(*guess.relation);
        labels.right += got == (wanted == "context" ? "adds context" : wanted) ? 1 : 0;
        const bool other_side = (wanted == "supports" && *guess.relation == Relation::disputes) ||
                                (wanted == "disputes" && *guess.relation == Relation::supports);
        labels.opposite += other_side ? 1 : 0;
    }
    return labels;
}

struct Merging {
    int merged = 0;
    int wrongly = 0;
};

Merging merging(const json& page, const std::vector<Insight>& all) {
    index::MemoryIndex index;
    for (const Insight& insight : all) index.put(insight, "A show");
    Merging out;
    for (const Insight& one : all) {
        const auto cluster = search::same_claim(index, one);
        if (!cluster) continue;
        const auto pair_of = [&](const json& pair) {
            const std::int64_t a = pair.at(0).get<std::int64_t>() + 1;
            const std::int64_t b = pair.at(1).get<std::int64_t>() + 1;
            return (one.id.value == a && cluster->value == b) || (one.id.value == b && cluster->value == a);
        };
        const json& pairs = page.at("near_duplicates");
        const bool right = std::any_of(pairs.begin(), pairs.end(), pair_of);
        ++(right ? out.merged : out.wrongly);
    }
    out.merged /= 2;  // each of a pair finds the other
    return out;
}

// 1: the right spelling in the show notes mends the claim, and the words that were said stay as they were heard.
int name_repaired(const json& page, const std::vector<Insight>& all) {
    const json& name = page.at("misspelt_name");
    const auto heard = name.at("as_written").get<std::string>();
    const auto right = name.at("right").get<std::string>();
    Episode episode;
    episode.notes = "<p>In this episode:</p><ul><li>" + right + " on the race</li><li>Don Valentine</li></ul>";
    const Insight& insight = numbered(all, name.at("id").get<std::int64_t>());
    const std::string mended = insights::repair_names_in(insight.text, insights::spelt_names({}, episode));
    const bool good = mended.find(right) != std::string::npos && mended.find(heard) == std::string::npos &&
                      insight.quote.find(heard) != std::string::npos && mended.size() == insight.quote.size();
    return good ? 1 : 0;
}

struct StandAlone {
    int rejected = 0;
    int wrongly = 0;
};

StandAlone stand_alone(const json& page, const std::vector<Insight>& all) {
    StandAlone out;
    const std::int64_t dangling = page.at("dangling_reference").at("id").get<std::int64_t>() + 1;
    for (const Insight& one : all) {
        if (insights::style_fault(one.text, {}) != insights::gate::dangling_start) continue;
        ++(one.id.value == dangling ? out.rejected : out.wrongly);
    }
    return out;
}

}  // namespace

std::vector<Table> measure_seed(const Options& options) {
    const json page = read_page(options.data / "seed-page" / "page.json");
    const std::vector<Insight> all = insights_of(page);
    const Labels labels = labels_to_head(page, all);
    const Merging pairs = merging(page, all);
    const StandAlone alone = stand_alone(page, all);
    Table table;
    table.title = "seed page, 11 insights";
    table.columns = {"value"};
    const auto row = [&table](std::string label, int value) {
        table.rows.push_back({std::move(label), {static_cast<double>(value)}});
    };
    row("stance labels right, of ten", labels.right);
    row("stance labels of the other side", labels.opposite);
    row("without a label, as not sure enough", labels.none);
    row("near-duplicate pairs merged, of one", pairs.merged);
    row("others merged", pairs.wrongly);
    row("misspelt names repaired, of one", name_repaired(page, all));
    row("dangling ones rejected, of one", alone.rejected);
    row("others rejected as dangling", alone.wrongly);
    return {table};
}

}  // namespace podbrief::bot::quality
