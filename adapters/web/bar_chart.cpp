#include "adapters/web/bar_chart.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/web/xml.hpp"

namespace podbrief::web {
namespace {

constexpr double width = 400;
constexpr double height = 130;
constexpr double above = 18;  // for the number of the highest bar
constexpr double below = 22;  // for the labels
constexpr std::size_t most_labels = 6;

std::int64_t sum_of(const BarChart::Bar& bar) {
    std::int64_t sum = 0;
    for (const std::int64_t part : bar.parts) sum += std::max<std::int64_t>(0, part);
    return sum;
}

}  // namespace

std::string svg_of(const BarChart& chart) {
    std::int64_t highest = 0;
    for (const BarChart::Bar& bar : chart.bars) highest = std::max(highest, sum_of(bar));
    const double floor = height - below;
    const double step = chart.bars.empty() ? width : width / static_cast<double>(chart.bars.size());
    const double scale = highest == 0 ? 0 : (floor - above) / static_cast<double>(highest);
    std::string out = fmt::format(
        "<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{}-title {}-desc\"><title "
        "id=\"{}-title\">{}</title><desc id=\"{}-desc\">{}</desc>",
        width, height, chart.id, chart.id, chart.id, xml_text(chart.title), chart.id, xml_text(chart.description));
    const std::size_t every = std::max<std::size_t>(1, (chart.bars.size() + most_labels - 1) / most_labels);
    bool named_highest = highest == 0;
    for (std::size_t i = 0; i < chart.bars.size(); ++i) {
        const BarChart::Bar& bar = chart.bars[i];
        const double x = static_cast<double>(i) * step;
        double y = floor;
        for (std::size_t part = 0; part < bar.parts.size(); ++part) {
            if (bar.parts[part] <= 0) continue;
            const double tall = std::max(1.5, static_cast<double>(bar.parts[part]) * scale);
            y -= tall;
            out += fmt::format("<rect class=\"bar-{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>",
                               part, x + step * 0.12, y, step * 0.76, tall);
        }
        const double middle = x + step / 2;
        if (!named_highest && sum_of(bar) == highest) {
            named_highest = true;
            out += fmt::format("<text class=\"peak\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>",
                               std::clamp(middle, 16.0, width - 16), y - 4, highest);
        }
        if (i % every == 0) {
            out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", std::clamp(middle, 18.0, width - 18),
                               height - 6, xml_text(bar.label));
        }
    }
    if (highest == 0) {
        out += fmt::format("<text class=\"none\" x=\"{:.1f}\" y=\"{:.1f}\">none</text>", width / 2, floor / 2 + 6);
    }
    out += fmt::format("<line x1=\"0\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/></svg>", floor, width, floor);
    return out;
}

View view_of(const BarChart& chart) {
    std::vector<View> rows;
    for (const BarChart::Bar& bar : chart.bars) {
        std::vector<std::string> parts;
        for (const std::int64_t part : bar.parts) parts.push_back(std::to_string(part));
        View row;
        row.set("label", bar.label).set("parts", parts);
        rows.push_back(std::move(row));
    }
    std::vector<View> keys;
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        View key;
        key.set("name", chart.series[i]).set("kind", fmt::format("bar-{}", i));
        keys.push_back(std::move(key));
    }
    View view;
    view.set("svg", svg_of(chart)).set("title", chart.title).set("over", chart.over).set("series", chart.series);
    view.set("keys", std::move(keys)).set("rows", std::move(rows));
    return view;
}

}  // namespace podbrief::web
