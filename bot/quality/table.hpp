#pragma once
#include <string>
#include <vector>

namespace podbrief::bot::quality {

// One table of results: a row a system, a column a measure.
struct Table {
    struct Row {
        std::string label;
        std::vector<double> figures;  // as many as columns; NaN: does not apply, shown empty
    };
    std::string title;
    std::vector<std::string> columns;
    std::vector<Row> rows;
};

// Markdown, three digits behind the point.
std::string to_markdown(const Table& table);
std::string to_json(const std::vector<Table>& tables);

}  // namespace podbrief::bot::quality
