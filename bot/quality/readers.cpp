#include <limits>

#include "bot/quality/parts.hpp"
#include "bot/quality/reader_days.hpp"

namespace podbrief::bot::quality {
namespace {

constexpr std::size_t how_many = 240;
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

double precision(const Result& result, int from, int to) {
    double wanted = 0;
    double places = 0;
    for (int day = from; day < to; ++day) {
        wanted += result.days[static_cast<std::size_t>(day)].wanted;
        places += 5 * result.days[static_cast<std::size_t>(day)].briefs;
    }
    return wanted / places;
}

Table::Row row_of(const std::string& name, const Result& result) {
    DayResult sum;
    for (const DayResult& day : result.days) {
        sum.briefs += day.briefs;
        sum.shown += day.shown;
        sum.new_ += day.new_;
        sum.outside += day.outside;
        sum.outside_wanted += day.outside_wanted;
    }
    return {name,
            {precision(result, 0, simulated_days), precision(result, 0, 3),
             precision(result, simulated_days - 3, simulated_days), sum.new_ / sum.shown, result.evenness, result.found,
             sum.outside > 0 ? sum.outside_wanted / sum.outside : nothing, sum.shown / sum.briefs}};
}

}  // namespace

std::vector<Table> measure_readers(const Options& options) {
    Library library;
    library.episodes = read_changelog(options.data);
    publish_in_turn(library.episodes);
    extract_into(library);
    Town town(library);
    const auto readers = draw_readers(town.topics, town.speaking, how_many, false, 14);
    const auto turning = draw_readers(town.topics, town.speaking, how_many, true, 14);

    const std::vector<std::string> columns = {"precision@5", "days 1-3",   "days 12-14", "novelty", "evenness over shows",
                                              "untold topics found", "outside slot wanted", "insights a brief"};
    Table systems{"changelog, simulated readers", columns, {}};
    Table curve{"changelog, precision@5 by day", {}, {}};
    for (int day = 1; day <= simulated_days; ++day) curve.columns.push_back(std::to_string(day));
    auto measure = [&](const std::string& name, const std::vector<SimulatedReader>& who, const Maker& maker) {
        const Result result = live(town, who, maker);
        systems.rows.push_back(row_of(name, result));
        Table::Row days{name, {}};
        for (int day = 0; day < simulated_days; ++day) days.figures.push_back(precision(result, day, day + 1));
        curve.rows.push_back(std::move(days));
    };
    using Kind = Maker::Kind;
    measure("random", readers, {.kind = Kind::random, .remembers = false});
    measure("newest first", readers, {.kind = Kind::newest, .remembers = false});
    measure("most liked", readers, {.kind = Kind::most_liked, .remembers = false});
    measure("most liked, nothing twice", readers, {.kind = Kind::most_liked});
    measure("podbrief", readers, {});
    measure("knowing what they want", readers, {.kind = Kind::knowing});
    measure("podbrief, no likes", readers, {.learns = false});
    measure("podbrief, no outside slot", readers, {.outside = false});
    measure("minds change: podbrief", turning, {});

    for (int told = 0; told < 4; ++told) {
        std::vector<SimulatedReader> some;
        for (std::size_t i = static_cast<std::size_t>(told); i < readers.size(); i += 4) some.push_back(readers[i]);
        if (told == 2) continue;
        measure(told == 0 ? "podbrief: who told nothing" : told == 1 ? "podbrief: who told one" : "podbrief: who told all but one", some, {});
    }
    return {systems, curve};
}

}  // namespace podbrief::bot::quality
