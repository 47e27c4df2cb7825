#include "tests/doubles/memory_store.hpp"
#include "tests/contract/intake_contract.hpp"

namespace podbrief::testing {
namespace {

class OpenMemoryStore final : public StoreUnderTest {
public:
    LibraryStore& library() override { return store_; }
    ReaderStore& readers() override { return store_; }
    OutboxStore& outbox() override { return store_; }
    InboxStore& inbox() override { return store_; }
    AccountStore& accounts() override { return store_; }
    TenantStore& tenants() override { return store_; }
    KeyStore& keys() override { return store_; }

private:
    MemoryStore store_;
};

const StoreKind kind{"Memory", [](asio::io_context&) { return std::make_unique<OpenMemoryStore>(); }};

INSTANTIATE_TEST_SUITE_P(Doubles, StoreContract, ::testing::Values(kind), name_of_store);
INSTANTIATE_TEST_SUITE_P(Doubles, OutboxContract, ::testing::Values(kind), name_of_store);
INSTANTIATE_TEST_SUITE_P(Doubles, RemovalContract, ::testing::Values(kind), name_of_store);
INSTANTIATE_TEST_SUITE_P(Doubles, InboxContract, ::testing::Values(kind), name_of_store);
INSTANTIATE_TEST_SUITE_P(Doubles, AccountContract, ::testing::Values(kind), name_of_store);
INSTANTIATE_TEST_SUITE_P(Doubles, TenantContract, ::testing::Values(kind), name_of_store);
INSTANTIATE_TEST_SUITE_P(Doubles, KeyContract, ::testing::Values(kind), name_of_store);

}  // namespace
}  // namespace podbrief::testing
