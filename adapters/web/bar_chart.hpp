#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "adapters/web/view.hpp"

namespace podbrief::web {

// Bars over the hours, drawn as SVG on the server: no script, colours by the stylesheet's classes (bar-0, bar-1 ...),
// so that they are right by day and by night. The same numbers stand in a table for whoever does not see it.
struct BarChart {
    std::string id;           // of its title, unique on the page; letters and digits
    std::string title;        // "Briefs of the last 24 hours"
    std::string description;  // what it shows, in a sentence
    std::string over;         // of the first column: "Hour (UTC)"
    std::vector<std::string> series;
    struct Bar {
        std::string label;                // "08:00"
        std::vector<std::int64_t> parts;  // of each series, from below
    };
    std::vector<Bar> bars;
};

// The drawing; what is text in it is escaped.
std::string svg_of(const BarChart& chart);
// For the template "bar_chart": svg, title, over, series, rows.
View view_of(const BarChart& chart);

}  // namespace podbrief::web
