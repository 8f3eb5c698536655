using Raft.Verified.Specifications;
using Xunit;
using static Raft.Verified.Tests.Specifications.EventScript;

namespace Raft.Verified.Tests.Specifications;

/// <summary>State Machine Safety, commit and applied indexes, order of application.</summary>
public sealed class CommitPropertiesTests
{
    [Fact]
    public void Applying_another_entry_than_the_committed_one_violates_state_machine_safety() =>
        new EventScript("StateMachineSafety")
            .Lead(1, term: 2).Append(1, Entry(1, 2, "x")).Commit(1, 1).Apply(1, Entry(1, 2, "x")).Fine()
            .Apply(2, Entry(1, 1, "y")).Violates("S2 applies entry 1/1 \"y\"", "entry 1/2 \"x\" was committed there in term 2");

    [Fact]
    public void Applying_what_nobody_has_committed_violates_state_machine_safety() =>
        new EventScript("StateMachineSafety").Append(1, Entry(1, 2, "x")).Apply(1, Entry(1, 2, "x")).Violates("S1 applies entry 1/2", "only entries up to 0");

    [Fact]
    public void Committing_another_entry_than_the_committed_one_violates_state_machine_safety() =>
        new EventScript("StateMachineSafety")
            .Term(1, 2).Append(1, Entry(1, 1, "a"), Entry(2, 2, "x")).Commit(1, 2)
            .Append(2, Entry(1, 1, "a"), Entry(2, 1, "y"), Entry(3, 1, "z")).Commit(2, 1).Fine()
            .Commit(2, 3).Violates("S2 commits up to 3", "entry 2/1 \"y\"", "entry 2/2 \"x\" was committed there in term 2");

    [Fact]
    public void Committing_behind_the_end_of_the_log_violates_state_machine_safety() =>
        new EventScript("StateMachineSafety").Append(1, Entry(1, 1)).Commit(1, 2).Violates("S1 commits up to 2", "its log ends at 1");

    [Fact]
    public void Deleting_a_committed_entry_violates_state_machine_safety() =>
        new EventScript("StateMachineSafety")
            .Append(1, Entry(1, 1), Entry(2, 1, "x"), Entry(3, 1, "y")).Commit(1, 2).Fine()
            .Truncate(1, from: 2).Violates("S1 deletes its entries from 2 on", "has committed up to 2");

    [Fact]
    public void Deleting_and_replacing_what_is_not_committed_does_not() =>
        new EventScript("StateMachineSafety")
            .Append(1, Entry(1, 1), Entry(2, 1, "x"), Entry(3, 1, "y")).Commit(1, 2).Truncate(1, from: 3).Append(1, Entry(3, 2, "z")).Commit(1, 3)
            .Append(2, Entry(1, 1), Entry(2, 1, "x"), Entry(3, 1, "y")).Commit(2, 2).Apply(2, Entry(1, 1), Entry(2, 1, "x"))
            .Install(3, SnapshotOf(2, 1, "x"), last: 2).Commit(3, 2).Append(3, Entry(3, 2, "z")).Commit(3, 3)
            .Fine();

    [Fact]
    public void A_commit_index_that_falls_violates_monotonic_commit() =>
        new EventScript("MonotonicCommit")
            .Append(1, Entry(1, 1), Entry(2, 1, "x")).Commit(1, 2).Fine().Commit(1, 1).Violates("commit index of S1 goes from 2 to 1");

    [Fact]
    public void A_commit_index_that_fell_unnoticed_violates_monotonic_commit() =>
        new EventScript("MonotonicCommit")
            .Append(1, Entry(1, 1), Entry(2, 1, "x"), Entry(3, 1, "y")).Commit(1, 2)
            .Commit(1, 3, before: 1).Violates("commit index of S1 was 2, then 1 before it became 3");

    [Fact]
    public void A_commit_index_that_starts_again_after_a_restart_does_not() =>
        new EventScript("MonotonicCommit")
            .Append(1, Entry(1, 1), Entry(2, 1, "x")).Commit(1, 1).Commit(1, 2)
            .Crash(1).Start(1, Disk(1, 0, null, Entry(1, 1), Entry(2, 1, "x"))).Commit(1, 1).Commit(1, 2).Fine();

    [Fact]
    public void Applying_an_earlier_entry_again_violates_monotonic_applied() =>
        new EventScript("MonotonicApplied")
            .Apply(1, Entry(1, 1), Entry(2, 1, "x")).Fine().Apply(1, Entry(1, 1)).Violates("S1 applies entry 1/1 after it had applied 2");

    [Fact]
    public void Restoring_an_older_snapshot_violates_monotonic_applied() =>
        new EventScript("MonotonicApplied")
            .Apply(1, Entry(1, 1), Entry(2, 1, "x")).Restore(1, SnapshotOf(1, 1, "")).Violates("S1 restores a snapshot through 1 after it had applied 2");

    [Fact]
    public void Applying_from_the_beginning_after_a_restart_does_not() =>
        new EventScript("MonotonicApplied")
            .Apply(1, Entry(1, 1), Entry(2, 1, "x")).Restore(1, SnapshotOf(7, 1, ""))
            .Crash(1).Start(1).Apply(1, Entry(1, 1), Entry(2, 1, "x")).Fine();

    [Fact]
    public void Leaving_an_entry_out_violates_applied_in_order() =>
        Committed(3).Apply(1, Entry(1, 1, "x")).Fine().Apply(1, Entry(3, 1, "z")).Violates("S1 applies entry 3/1 right after 1");

    [Fact]
    public void Applying_an_entry_twice_violates_applied_in_order() =>
        Committed(3).Apply(1, Entry(1, 1, "x")).Apply(1, Entry(1, 1, "x")).Violates("S1 applies entry 1/1 right after 1");

    [Fact]
    public void Applying_beyond_the_commit_index_violates_applied_in_order() =>
        Committed(1).Apply(1, Entry(1, 1, "x")).Fine().Apply(1, Entry(2, 1, "y")).Violates("S1 applies entry 2/1", "has committed only 1");

    [Fact]
    public void Restoring_a_snapshot_that_does_not_lead_forward_violates_applied_in_order() =>
        Committed(3).Apply(1, Entry(1, 1, "x"), Entry(2, 1, "y")).Fine()
            .Restore(1, SnapshotOf(2, 1, "xy")).Violates("S1 restores a snapshot through 2 right after 2");

    [Fact]
    public void Restoring_a_snapshot_beyond_the_commit_index_violates_applied_in_order() =>
        Committed(1).Restore(1, SnapshotOf(2, 1, "xy")).Violates("S1 restores a snapshot through 2", "has committed only 1");

    [Fact]
    public void Every_entry_once_and_in_order_also_around_a_snapshot_and_a_restart_does_not() =>
        Committed(3)
            .Apply(1, Entry(1, 1, "x")).Restore(1, SnapshotOf(2, 1, "xy")).Apply(1, Entry(3, 1, "z"))
            .Crash(1).Start(1, Disk(1, 0, SnapshotOf(2, 1, "xy"), Entry(3, 1, "z"))).Restore(1, SnapshotOf(2, 1, "xy"))
            .Commit(1, 3).Apply(1, Entry(3, 1, "z")).Fine();

    [Fact]
    public void Applying_what_the_own_disk_does_not_hold_violates_applied_is_durable() =>
        new EventScript("AppliedIsDurable").Append(1, Entry(1, 1, "x")).Write(2, Entry(1, 1, "x")).Write(3, Entry(1, 1, "x")).Commit(1, 1).Fine()
            .Apply(1, Entry(1, 1, "x")).Violates("S1 applies 1/1", "its disk ends at 0");

    [Fact]
    public void Applying_another_entry_than_the_one_on_disk_violates_applied_is_durable() =>
        new EventScript("AppliedIsDurable").Write(1, Entry(1, 1, "x")).Apply(1, Entry(1, 2, "y")).Violates("S1 applies 1/2", "its disk has 1/1");

    [Fact]
    public void Restoring_a_snapshot_that_is_not_on_disk_violates_applied_is_durable() =>
        new EventScript("AppliedIsDurable").Write(1, Entry(1, 1, "x")).Restore(1, SnapshotOf(2, 1, "xy")).Violates("S1 applies snapshot 2/1", "its disk ends at 1");

    [Fact]
    public void Applying_what_is_on_disk_in_the_log_or_in_a_snapshot_does_not() =>
        new EventScript("AppliedIsDurable").Write(1, Entry(1, 1, "x")).Apply(1, Entry(1, 1, "x"))
            .WriteSnapshot(1, SnapshotOf(2, 1, "xy"), 2).Restore(1, SnapshotOf(2, 1, "xy"))
            .Write(1, Entry(3, 1, "z")).Apply(1, Entry(3, 1, "z")).Fine();

    [Fact]
    public void A_fault_violates_no_fault() =>
        new EventScript("NoFault").Crash(1).Start(1).Stop(2).Fine()
            .Fault(3, new InvalidOperationException("the log has a gap")).Violates("S3", "InvalidOperationException", "the log has a gap");

    [Fact]
    public void A_fault_on_purpose_does_not_unless_it_is_no_reason_to_stop()
    {
        new EventScript("NoFault").Fault(1, new InjectedFaultException(FailingPart.Storage, "the disk is full")).Fine()
            .Fault(2, new InjectedFaultException(FailingPart.StateMachine, "no memory")).Fine()
            .Fault(3, new InjectedFaultException(FailingPart.Transport, "no route")).Violates("S3", "no route");
        new EventScript("NoFault").Fault(1, new InvalidOperationException("other", new InjectedFaultException(FailingPart.Storage, "the disk is full")))
            .Violates("S1", "other");
    }

    private static EventScript Committed(long index) =>
        new EventScript("AppliedInOrder").Append(1, Entry(1, 1, "x"), Entry(2, 1, "y"), Entry(3, 1, "z")).Commit(1, index);
}
