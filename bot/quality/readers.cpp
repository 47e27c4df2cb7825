#include <limits>

#include "bot/quality/parts.hpp"
#include "bot/quality/reader_days.hpp"

namespace podbrief::bot::quality {
namespace {

constexpr std::size_t how_many = 240;
constexpr std::uint64_t seed = 14;
constexpr double does_not_apply = std::numeric_limits<double>::quiet_NaN();

// Of five places; those left empty count as not wanted.
double precision(const Result& result, int from, int to) {
    double wanted = 0;
    double places = 0;
    for (int day = from; day < to; ++day) {
        wanted += result.days[static_cast<std::size_t>(day)].wanted;
        places += 5 * result.days[static_cast<std::size_t>(day)].briefs;
    }
    return wanted / places;
}

Table::Row summary(const std::string& name, const Result& result) {
    DayResult sum;
    for (const DayResult& day : result.days) {
        sum.briefs += day.briefs;
        sum.shown += day.shown;
        sum.wanted += day.wanted;
        sum.fresh += day.fresh;
        sum.outside += day.outside;
        sum.outside_wanted += day.outside_wanted;
    }
    return {name,
            {precision(result, 0, simulated_days), precision(result, 0, 3),
             precision(result, simulated_days - 3, simulated_days), sum.wanted / sum.shown, sum.shown / sum.briefs,
             sum.fresh / sum.shown, result.evenness, result.found,
             sum.outside > 0 ? sum.outside_wanted / sum.outside : does_not_apply}};
}

// The readers who tell so much: each fourth, as they are drawn.
std::vector<SimulatedReader> those(const std::vector<SimulatedReader>& readers, std::size_t which) {
    std::vector<SimulatedReader> some;
    for (std::size_t i = which; i < readers.size(); i += 4) some.push_back(readers[i]);
    return some;
}

// Towns that nothing was tuned on: other readers, who care about what other groupings of the talk find.
Table elsewhere(const Library& library) {
    struct Unseen {
        const char* name;
        HiddenTopics::Grouping grouping;
        std::uint64_t seed;
    };
    constexpr Unseen towns[] = {
        {"36 groups, drawn anew", {.seed = 71}, 171},
        {"24 groups", {.groups = 24, .seed = 72}, 172},
        {"60 groups", {.groups = 60, .seed = 73}, 173},
        {"stretches of 120 words", {.words_of_stretch = 120, .seed = 74}, 174},
        {"stretches of 500 words", {.words_of_stretch = 500, .seed = 75}, 175},
    };
    Table table{"changelog, readers of towns that nothing was tuned on, precision@5",
                {"podbrief", "without likes", "random", "newest first", "most liked, nothing twice", "bound"},
                {}};
    std::vector<double> sums(table.columns.size(), 0.0);
    for (const Unseen& one : towns) {
        Town town(library, one.grouping);
        const auto readers = draw_readers(town.topics, town.speaking, how_many, false, one.seed);
        using Kind = Maker::Kind;
        const Maker makers[] = {{},
                                {.learns = false},
                                {.kind = Kind::random, .remembers = false},
                                {.kind = Kind::newest, .remembers = false},
                                {.kind = Kind::most_liked},
                                {.kind = Kind::knowing}};
        Table::Row row{one.name, {}};
        for (const Maker& maker : makers) {
            row.figures.push_back(precision(live(town, readers, maker), 0, simulated_days));
            sums[row.figures.size() - 1] += row.figures.back() / static_cast<double>(std::size(towns));
        }
        table.rows.push_back(std::move(row));
    }
    table.rows.push_back({"mean", std::move(sums)});
    return table;
}

}  // namespace

std::vector<Table> measure_readers(const Options& options) {
    Library library;
    library.episodes = read_changelog(options.data);
    publish_in_turn(library.episodes);
    extract_into(library);
    Town town(library);
    const auto readers = draw_readers(town.topics, town.speaking, how_many, false, seed);
    const auto turning = draw_readers(town.topics, town.speaking, how_many, true, seed);

    const std::vector<std::string> columns = {"precision@5",         "days 1-3",      "days 12-14",
                                              "wanted of the shown", "shown a brief", "novelty",
                                              "evenness over shows", "untold found",  "outside slot wanted"};
    Table systems{"changelog, 240 simulated readers, 14 days", columns, {}};
    Table parts{"changelog, simulated readers, parts of the ranking", columns, {}};
    Table curve{"changelog, simulated readers, precision@5 by day", {}, {}};
    for (int day = 1; day <= simulated_days; ++day) curve.columns.push_back(std::to_string(day));
    auto measure = [&](const std::string& name, const std::vector<SimulatedReader>& who, const Maker& maker,
                       Table& table, bool by_day) {
        const Result result = live(town, who, maker);
        table.rows.push_back(summary(name, result));
        if (!by_day) return;
        Table::Row days{name, {}};
        for (int day = 0; day < simulated_days; ++day) days.figures.push_back(precision(result, day, day + 1));
        curve.rows.push_back(std::move(days));
    };
    using Kind = Maker::Kind;
    measure("random", readers, {.kind = Kind::random, .remembers = false}, systems, true);
    measure("newest first", readers, {.kind = Kind::newest, .remembers = false}, systems, true);
    measure("most liked", readers, {.kind = Kind::most_liked, .remembers = false}, systems, false);
    measure("most liked, nothing twice", readers, {.kind = Kind::most_liked}, systems, true);
    measure("podbrief", readers, {}, systems, true);
    measure("knowing what they want", readers, {.kind = Kind::knowing}, systems, false);

    measure("who told nothing", those(readers, 0), {}, parts, true);
    measure("who told one topic", those(readers, 1), {}, parts, true);
    measure("who told all but one", those(readers, 3), {}, parts, true);
    measure("without likes", readers, {.learns = false}, parts, true);
    measure("without fading", readers, {.fades = false}, parts, false);
    measure("without the outside slot", readers, {.outside = false}, parts, false);
    measure("minds change on day 8", turning, {}, parts, true);
    measure("minds change, without fading", turning, {.fades = false}, parts, false);
    measure("minds change, without likes", turning, {.learns = false}, parts, false);
    return {systems, parts, curve, elsewhere(library)};
}

}  // namespace podbrief::bot::quality
