#pragma once
#include <optional>
#include <string>
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "core/ports/account_store.hpp"

// The statements behind AccountStore; each is called within a transaction.
namespace podbrief::sqlite {

std::optional<AccountRecord> account(Connection& connection, const Account& account, bool channel);
AccountStore::Known know(Connection& connection, AccountRecord record, Reader reader);
std::vector<AccountRecord> accounts(Connection& connection, ReaderId reader);

void keep_link_code(Connection& connection, ReaderId reader, const std::string& code_hash, WallTime until);
std::optional<ReaderId> take_link_code(Connection& connection, const std::string& code_hash, WallTime now);
bool unite(Connection& connection, ReaderId from, ReaderId into, WallTime now);

std::optional<Onboarding> onboarding(Connection& connection, ReaderId reader);
void save_onboarding(Connection& connection, const Onboarding& onboarding);

}  // namespace podbrief::sqlite
