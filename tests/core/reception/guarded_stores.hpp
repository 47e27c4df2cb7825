#pragma once
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "core/ports/account_store.hpp"
#include "core/ports/inbox_store.hpp"
#include "core/ports/reader_store.hpp"
#include "core/ports/tenant_store.hpp"
#include "tests/simulation/delivery/process.hpp"

namespace podbrief::testing {

// One call of a store as one process sees it: it may die before it, or after it.
template <class R>
asio::awaitable<R> guarded(Process& process, const char* call, asio::awaitable<R> work) {
    co_await process.pass(call, "before");
    co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);  // others go on meanwhile
    if constexpr (std::is_void_v<R>) {
        co_await std::move(work);
        co_await process.pass(call, "after");
    } else {
        R result = co_await std::move(work);
        co_await process.pass(call, "after");
        co_return result;
    }
}

class GuardedInbox final : public InboxStore {
public:
    GuardedInbox(InboxStore& inner, Process& process) : inner_(inner), process_(process) {}
    asio::awaitable<std::optional<std::int64_t>> accept(Incoming incoming, WallTime now) override {
        return guarded(process_, "accept", inner_.accept(std::move(incoming), now));
    }
    asio::awaitable<std::vector<Item>> claim_items(std::string worker, WallTime now, WallTime lease_until,
                                                   std::size_t limit) override {
        return guarded(process_, "claim_items", inner_.claim_items(std::move(worker), now, lease_until, limit));
    }
    asio::awaitable<void> end_other_claims(std::string worker) override {
        return guarded(process_, "end_other_claims", inner_.end_other_claims(std::move(worker)));
    }
    asio::awaitable<void> close_item(std::int64_t id) override {
        return guarded(process_, "close_item", inner_.close_item(id));
    }
    asio::awaitable<std::size_t> open_items() override { return inner_.open_items(); }
    asio::awaitable<int> prune_inbox(WallTime before, std::size_t limit) override {
        return inner_.prune_inbox(before, limit);
    }

private:
    InboxStore& inner_;
    Process& process_;
};

class GuardedAccounts final : public AccountStore {
public:
    GuardedAccounts(AccountStore& inner, Process& process) : inner_(inner), process_(process) {}
    asio::awaitable<std::optional<AccountRecord>> account(Account account, bool channel) override {
        return guarded(process_, "account", inner_.account(std::move(account), channel));
    }
    asio::awaitable<Known> know(AccountRecord record, Reader reader) override {
        return guarded(process_, "know", inner_.know(std::move(record), std::move(reader)));
    }
    asio::awaitable<std::vector<AccountRecord>> accounts(ReaderId reader) override { return inner_.accounts(reader); }
    asio::awaitable<void> keep_link_code(ReaderId reader, std::string code_hash, WallTime until) override {
        return guarded(process_, "keep_link_code", inner_.keep_link_code(reader, std::move(code_hash), until));
    }
    asio::awaitable<std::optional<ReaderId>> take_link_code(std::string code_hash, WallTime now) override {
        return guarded(process_, "take_link_code", inner_.take_link_code(std::move(code_hash), now));
    }
    asio::awaitable<bool> unite(ReaderId from, ReaderId into, WallTime now) override {
        return guarded(process_, "unite", inner_.unite(from, into, now));
    }
    asio::awaitable<std::optional<Onboarding>> onboarding(ReaderId reader) override {
        return guarded(process_, "onboarding", inner_.onboarding(reader));
    }
    asio::awaitable<void> save(Onboarding onboarding) override {
        return guarded(process_, "save onboarding", inner_.save(std::move(onboarding)));
    }

private:
    AccountStore& inner_;
    Process& process_;
};

class GuardedReaders final : public ReaderStore {
public:
    GuardedReaders(ReaderStore& inner, Process& process) : inner_(inner), process_(process) {}
    asio::awaitable<std::vector<Reader>> readers() override { return inner_.readers(); }
    asio::awaitable<std::optional<Reader>> reader_named(std::string name) override {
        return inner_.reader_named(std::move(name));
    }
    asio::awaitable<std::optional<Reader>> reader(ReaderId id) override {
        return guarded(process_, "reader", inner_.reader(id));
    }
    asio::awaitable<Reader> save(Reader reader) override {
        return guarded(process_, "save reader", inner_.save(std::move(reader)));
    }
    asio::awaitable<bool> forget(ReaderId id) override { return guarded(process_, "forget", inner_.forget(id)); }
    asio::awaitable<Brief> save(Brief brief) override {
        return guarded(process_, "save brief", inner_.save(std::move(brief)));
    }
    asio::awaitable<std::optional<Brief>> brief(ReaderId reader, std::string local_date) override {
        return inner_.brief(reader, std::move(local_date));
    }
    asio::awaitable<std::vector<Brief>> briefs_since(ReaderId reader, WallTime since) override {
        return inner_.briefs_since(reader, since);
    }
    asio::awaitable<void> save(Feedback feedback) override {
        return guarded(process_, "save feedback", inner_.save(std::move(feedback)));
    }
    asio::awaitable<void> remove(ReaderId reader, InsightId insight, FeedbackKind kind) override {
        return guarded(process_, "remove feedback", inner_.remove(reader, insight, kind));
    }
    asio::awaitable<std::vector<Feedback>> feedback(ReaderId reader) override { return inner_.feedback(reader); }
    asio::awaitable<ConversationState> conversation(std::string key) override {
        return guarded(process_, "conversation", inner_.conversation(std::move(key)));
    }
    asio::awaitable<void> save_conversation(std::string key, ReaderId reader, ConversationState state) override {
        return guarded(process_, "save conversation",
                       inner_.save_conversation(std::move(key), reader, std::move(state)));
    }

private:
    ReaderStore& inner_;
    Process& process_;
};

}  // namespace podbrief::testing
