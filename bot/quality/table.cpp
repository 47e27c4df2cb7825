#include "bot/quality/table.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace podbrief::bot::quality {

std::string to_markdown(const Table& table) {
    std::string text = "| " + table.title + " |";
    for (const auto& column : table.columns) text += " " + column + " |";
    text += "\n|" + std::string(" --- |");
    for (std::size_t i = 0; i < table.columns.size(); ++i) text += " --- |";
    text += "\n";
    for (const auto& row : table.rows) {
        text += "| " + row.label + " |";
        for (const double figure : row.figures) {
            const bool whole = figure == std::floor(figure) && std::abs(figure) >= 2;
            text += std::isnan(figure) ? " |" : fmt::format(" {:.{}f} |", figure, whole ? 0 : 3);
        }
        text += "\n";
    }
    return text;
}

std::string to_json(const std::vector<Table>& tables) {
    nlohmann::json all = nlohmann::json::array();
    for (const auto& table : tables) {
        nlohmann::json rows = nlohmann::json::array();
        for (const auto& row : table.rows) {
            nlohmann::json one = {{"system", row.label}};
            for (std::size_t i = 0; i < row.figures.size(); ++i) {
                if (!std::isnan(row.figures[i])) one[table.columns[i]] = row.figures[i];
            }
            rows.push_back(std::move(one));
        }
        all.push_back({{"title", table.title}, {"rows", std::move(rows)}});
    }
    return all.dump(2);
}

}  // namespace podbrief::bot::quality
