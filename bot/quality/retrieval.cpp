#include "bot/quality/parts.hpp"

namespace podbrief::bot::quality {
std::vector<Table> measure_retrieval(const Options&) {
    return {};
}
}  // namespace podbrief::bot::quality
