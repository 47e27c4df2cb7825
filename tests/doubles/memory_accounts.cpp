#include "tests/doubles/memory_accounts.hpp"

#include <algorithm>

namespace podbrief::testing {

std::optional<AccountRecord> MemoryAccounts::find(const Account& account, bool channel) const {
    const auto found = accounts_.find({account, channel});
    if (found == accounts_.end()) return std::nullopt;
    return found->second;
}

void MemoryAccounts::insert(AccountRecord record) {
    const std::pair key(record.account, record.channel);
    order_.push_back(key);
    accounts_.emplace(key, std::move(record));
}

std::vector<AccountRecord> MemoryAccounts::of(ReaderId reader) const {
    std::vector<AccountRecord> found;
    for (const auto& key : order_) {
        if (const AccountRecord& record = accounts_.at(key); record.reader == reader) found.push_back(record);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const AccountRecord& a, const AccountRecord& b) { return a.since < b.since; });
    return found;
}

void MemoryAccounts::hand_over(ReaderId from, ReaderId into) {
    for (auto& [key, record] : accounts_) {
        if (record.reader == from) record.reader = into;
    }
}

void MemoryAccounts::forget(ReaderId reader) {
    std::erase_if(order_, [&](const auto& key) { return accounts_.at(key).reader == reader; });
    std::erase_if(accounts_, [&](const auto& a) { return a.second.reader == reader; });
    std::erase_if(codes_, [&](const auto& code) { return code.second.reader == reader; });
    onboardings_.erase(reader);
}

void MemoryAccounts::keep_code(ReaderId reader, std::string code_hash, WallTime until) {
    std::erase_if(codes_, [&](const auto& code) { return code.second.reader == reader; });
    codes_[std::move(code_hash)] = Code{reader, until};
}

std::optional<ReaderId> MemoryAccounts::take_code(const std::string& code_hash, WallTime now) {
    const auto found = codes_.find(code_hash);
    if (found == codes_.end()) return std::nullopt;
    const Code code = found->second;
    codes_.erase(found);
    if (now >= code.until) return std::nullopt;
    return code.reader;
}

std::optional<Onboarding> MemoryAccounts::onboarding(ReaderId reader) const {
    const auto found = onboardings_.find(reader);
    if (found == onboardings_.end()) return std::nullopt;
    return found->second;
}

}  // namespace podbrief::testing
