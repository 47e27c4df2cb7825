#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/insights/claim_checker.hpp"
#include "core/insights/gates.hpp"
#include "tests/support/files.hpp"

namespace podbrief::insights {
namespace {

// The insights of the seed page, each the only words of its speaker, so that only their style can fail.
TEST(SeedPage, PassesTheGatesForModelsButForWhatDoesNotStandAlone) {
    const auto file = podbrief::testing::shared_data("seed-page/page.json");
    if (!file) GTEST_SKIP() << "no seed page beside the checkout";
    const auto page = nlohmann::json::parse(podbrief::testing::read_file(*file));
    std::vector<std::string> texts = {page["head"]["text"].get<std::string>()};
    for (const auto& related : page["related"]) texts.push_back(related["text"].get<std::string>());
    ExtractionRequest request;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        std::erase(texts[i], '*');
        const std::string speaker = "Ann Speaker" + std::string(i % 2, 'x');
        request.transcript.segments.push_back(
            {speaker, texts[i], std::chrono::seconds{30 * i}, std::chrono::seconds{30 * i + 30}, SegmentKind::speech});
    }
    ClaimChecker checker(request, {});
    const ModelWindow window = windows_of(request.transcript.segments, {}).at(0);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto checked = checker.check({texts[i], texts[i], {static_cast<int>(i)}}, window);
        // "The bill regulates ...": which?
        EXPECT_EQ(checked.fault, texts[i].starts_with("The bill ") ? gate::dangling_start : gate::none) << texts[i];
    }
}

}  // namespace
}  // namespace podbrief::insights
