// What the tabs of one browser keep on its disk across their ends: operations that are not settled, and what was seen
// last. And which tab sends from which outbox: it holds a lock of the outbox's name while it lives; the operations of a
// tab that is gone go to one other that looks for them. The simulation's web/storage.js.
//
// Writes are made in their order, those of one tab that wait together in one step, each after a while; a step may fail
// as a whole. A tab that ends in the middle of a step does not know what became of it.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "simulation/agenda.hpp"
#include "simulation/ledger.hpp"

namespace parley::simulation {

// A program as its storage sees it.
class Tab {
  public:
    virtual ~Tab() = default;
    virtual void operation_kept(OpId op) = 0;
    virtual void operation_not_kept(OpId op) = 0;  // nor forgotten
    virtual void operation_forgotten(OpId op) = 0;
    virtual void orphan_found(client::SavedOutbox orphan) = 0;  // whose lock it has now
    // It sends what this outbox holds, whatever the disk has of it.
    [[nodiscard]] virtual bool answers_for(OutboxId outbox) const = 0;
};

class Storage {
  public:
    // All must outlive the storage; `agenda` runs what is due here.
    Storage(Agenda& agenda, const Time& now, Dice& dice, Chronicle& chronicle, Ledger& ledger)
        : agenda_(agenda), now_(now), dice_(dice), chronicle_(chronicle), ledger_(ledger) {}

    // --- a tab's wishes
    void keep(Tab& tab, const client::SavedOperation& operation, std::optional<OpId> instead_of);
    void forget(Tab& tab, OpId op);
    void forget_others(Tab& tab, UserId keep);  // nobody: of everybody
    void look_for_orphans(Tab& tab);
    void release(Tab& tab, OutboxId outbox);
    void save_view(UserId owner, Buffer view);
    void forget_view() { view_.clear(); }
    void ended(Tab& tab);  // the tab is told nothing any more

    [[nodiscard]] const Buffer& view() const { return view_; }  // empty: there is none
    [[nodiscard]] bool holds(OpId op) const { return records_.contains(op); }
    // Calls with each operation that is on the disk, and whose it is.
    template <class Call>
    void for_each(Call call) const {
        for (const auto& [op, record] : records_) call(op, record.owner);
    }
    [[nodiscard]] bool is_idle() const { return queue_.empty() && offers_ == 0; }

    // --- faults, until then
    void slow_down(Time until) { slow_until_ = until; }
    void fail(Time until) { fails_until_ = until; }

  private:
    struct Record {
        std::uint64_t place = 0;  // rises: the order of writing
        UserId owner;
        Buffer bytes;
    };
    struct Write {
        Tab* tab;
        enum class Kind : std::uint8_t { keep, forget, forget_others } kind;
        OpId op = {};
        Record record = {};  // of `forget_others` only its owner: who stays
        std::optional<OpId> instead_of = {};
    };

    void add(Write write);
    void begin();
    void end();
    void end_of_step_unknown();
    void apply(const Write& write);
    void forget_all_but(UserId keep);
    void answer(const Write& write, bool done);
    void offer_orphans();
    void give(Tab& tab, OutboxId outbox);

    Agenda& agenda_;
    const Time& now_;
    Dice& dice_;
    Chronicle& chronicle_;
    Ledger& ledger_;
    std::map<OpId, Record> records_;
    std::uint64_t last_place_ = 0;
    Buffer view_;
    UserId view_owner_;
    std::deque<Write> queue_;  // the first `under_way_` are one step
    std::size_t under_way_ = 0;
    std::uint64_t step_ = 0;
    std::map<OutboxId, Tab*> holders_;
    std::vector<Tab*> looking_;                     // for orphans
    std::set<std::pair<OutboxId, Tab*>> declined_;  // not hers: gone to another
    std::size_t offers_ = 0;                        // on their way
    Time slow_until_{};
    Time fails_until_{};
};

}  // namespace parley::simulation
