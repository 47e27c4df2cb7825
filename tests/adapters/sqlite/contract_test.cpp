#include "adapters/sqlite/database.hpp"
#include "tests/contract/intake_contract.hpp"
#include "tests/support/files.hpp"

namespace podbrief::testing {
namespace {

class OpenDatabase final : public StoreUnderTest {
public:
    OpenDatabase(asio::io_context& context, bool exclusive)
        : database_(sqlite::Database::open(context.get_executor(), options(exclusive))) {}

    LibraryStore& library() override { return database_->library(); }
    ReaderStore& readers() override { return database_->readers(); }
    OutboxStore& outbox() override { return database_->outbox(); }
    InboxStore& inbox() override { return database_->inbox(); }
    AccountStore& accounts() override { return database_->accounts(); }
    TenantStore& tenants() override { return database_->tenants(); }
    KeyStore& keys() override { return database_->keys(); }

private:
    sqlite::Database::Options options(bool exclusive) const {
        sqlite::Database::Options options;
        options.path = folder_.path() / "podbrief.db";
        options.exclusive = exclusive;
        return options;
    }

    TemporaryFolder folder_;
    std::unique_ptr<sqlite::Database> database_;
};

const StoreKind owner{"Owner", [](asio::io_context& c) { return std::make_unique<OpenDatabase>(c, true); }};
const StoreKind guest{"Guest", [](asio::io_context& c) { return std::make_unique<OpenDatabase>(c, false); }};

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract, ::testing::Values(owner, guest), name_of_store);
INSTANTIATE_TEST_SUITE_P(Sqlite, OutboxContract, ::testing::Values(owner, guest), name_of_store);
INSTANTIATE_TEST_SUITE_P(Sqlite, RemovalContract, ::testing::Values(owner, guest), name_of_store);
INSTANTIATE_TEST_SUITE_P(Sqlite, InboxContract, ::testing::Values(owner, guest), name_of_store);
INSTANTIATE_TEST_SUITE_P(Sqlite, AccountContract, ::testing::Values(owner, guest), name_of_store);
INSTANTIATE_TEST_SUITE_P(Sqlite, TenantContract, ::testing::Values(owner, guest), name_of_store);
INSTANTIATE_TEST_SUITE_P(Sqlite, KeyContract, ::testing::Values(owner, guest), name_of_store);

}  // namespace
}  // namespace podbrief::testing
