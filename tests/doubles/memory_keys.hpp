#pragma once
#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "core/ports/key_store.hpp"

namespace podbrief::testing {

// The keys of pages and of the operator.
class MemoryKeys {
public:
    void keep_page(ReaderId reader, const std::string& hash, WallTime now) {
        if (!pages_.emplace(hash, Page{reader, now}).second) return;
        std::vector<std::tuple<WallTime, bool, std::string>> of_reader;
        for (const auto& [key, page] : pages_) {
            if (page.reader == reader) of_reader.emplace_back(page.since, key == hash, key);
        }
        std::sort(of_reader.begin(), of_reader.end());
        while (of_reader.size() > KeyStore::most_pages) {
            pages_.erase(std::get<2>(of_reader.front()));
            of_reader.erase(of_reader.begin());
        }
    }
    std::optional<ReaderId> page(const std::string& hash) const {
        const auto found = pages_.find(hash);
        return found == pages_.end() ? std::nullopt : std::optional(found->second.reader);
    }
    int pages(ReaderId reader) const {
        return static_cast<int>(
            std::count_if(pages_.begin(), pages_.end(), [&](const auto& one) { return one.second.reader == reader; }));
    }
    int end_pages(ReaderId reader, const std::string& except) {
        return static_cast<int>(
            std::erase_if(pages_, [&](const auto& one) { return one.second.reader == reader && one.first != except; }));
    }
    void hand_over(ReaderId from, ReaderId into) {
        for (auto& [hash, page] : pages_) {
            if (page.reader == from) page.reader = into;
        }
    }

    void keep_operator(KeyStore::Operator what, const std::string& hash, WallTime until) {
        operator_[hash] = {what, until};
    }
    bool take_link(const std::string& hash, WallTime now) {
        const bool good = holds(KeyStore::Operator::link, hash, now);
        if (good) operator_.erase(hash);
        return good;
    }
    bool holds(KeyStore::Operator what, const std::string& hash, WallTime now) const {
        const auto found = operator_.find(hash);
        return found != operator_.end() && found->second.what == what && found->second.until > now;
    }
    bool end_session(const std::string& hash) {
        const auto found = operator_.find(hash);
        if (found == operator_.end() || found->second.what != KeyStore::Operator::session) return false;
        operator_.erase(found);
        return true;
    }
    int end_operator() {
        const auto count = operator_.size();
        operator_.clear();
        return static_cast<int>(count);
    }

private:
    struct Page {
        ReaderId reader;
        WallTime since{};
    };
    struct OperatorKey {
        KeyStore::Operator what = KeyStore::Operator::link;
        WallTime until{};
    };
    std::map<std::string, Page> pages_;
    std::map<std::string, OperatorKey> operator_;
};

}  // namespace podbrief::testing
