#include "adapters/index/memory_index.hpp"
#include "tests/adapters/index/exhaustive_index.hpp"
#include "tests/contract/search_index_contract.hpp"

namespace podbrief::testing {

INSTANTIATE_TEST_SUITE_P(Memory, SearchIndexContract,
                         ::testing::Values(MakeSearchIndex([] { return std::make_unique<index::MemoryIndex>(); })));
INSTANTIATE_TEST_SUITE_P(Exhaustive, SearchIndexContract,
                         ::testing::Values(MakeSearchIndex([] { return std::make_unique<index::ExhaustiveIndex>(); })));

// Both again, with vectors.
INSTANTIATE_TEST_SUITE_P(MemoryByMeaning, SearchIndexContract, ::testing::Values(MakeSearchIndex([] {
                             return std::make_unique<index::MemoryIndex>(&search::built_in_vectors());
                         })));
INSTANTIATE_TEST_SUITE_P(ExhaustiveByMeaning, SearchIndexContract, ::testing::Values(MakeSearchIndex([] {
                             return std::make_unique<index::ExhaustiveIndex>(&search::built_in_vectors());
                         })));

}  // namespace podbrief::testing
