#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/ports/account_store.hpp"

namespace podbrief::testing {

// Accounts, link codes and onboardings.
class MemoryAccounts {
public:
    std::optional<AccountRecord> find(const Account& account, bool channel) const;
    void insert(AccountRecord record);
    std::vector<AccountRecord> of(ReaderId reader) const;  // oldest first
    void hand_over(ReaderId from, ReaderId into);
    void forget(ReaderId reader);  // all three

    void keep_code(ReaderId reader, std::string code_hash, WallTime until);
    std::optional<ReaderId> take_code(const std::string& code_hash, WallTime now);

    std::optional<Onboarding> onboarding(ReaderId reader) const;
    void save(Onboarding onboarding) { onboardings_[onboarding.reader] = std::move(onboarding); }

    const std::map<std::pair<Account, bool>, AccountRecord>& all() const { return accounts_; }

private:
    struct Code {
        ReaderId reader;
        WallTime until{};
    };

    std::map<std::pair<Account, bool>, AccountRecord> accounts_;
    std::vector<std::pair<Account, bool>> order_;  // in which they were inserted
    std::map<std::string, Code> codes_;
    std::map<ReaderId, Onboarding> onboardings_;
};

}  // namespace podbrief::testing
