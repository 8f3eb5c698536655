using System.Text;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;
using Xunit;
using static Raft.Verified.Tests.Specifications.EventScript;

namespace Raft.Verified.Tests.Specifications;

/// <summary>Snapshots, answers to clients, retries.</summary>
public sealed class ClientPropertiesTests
{
    [Fact]
    public void A_snapshot_with_another_state_than_the_replay_gives_is_found_when_taken() =>
        Committed("SnapshotEqualsReplay").Compact(1, SnapshotOf(3, 2, "ab")).Fine()
            .Compact(1, SnapshotOf(4, 2, "abX")).Violates("S1 takes a snapshot through 4/2 with \"abX\"", "entries 1 to 4", "\"abc\"");

    [Fact]
    public void It_is_found_when_installed_and_when_restored()
    {
        Committed("SnapshotEqualsReplay").Install(2, SnapshotOf(3, 2, "a"), last: 3).Violates("S2 installs a snapshot through 3/2 with \"a\"", "\"ab\"");
        Committed("SnapshotEqualsReplay").Restore(2, SnapshotOf(3, 2, "abc")).Violates("S2 restores a snapshot through 3/2 with \"abc\"", "\"ab\"");
    }

    [Fact]
    public void A_snapshot_that_names_another_term_is_found_without_a_model_too() =>
        Committed("SnapshotEqualsReplay", withModel: false).Install(2, SnapshotOf(3, 2, "anything"), last: 3).Fine()
            .Install(3, SnapshotOf(3, 1, ""), last: 3).Violates("S3 installs a snapshot through 3/1", "the committed entry there is 3/2");

    [Fact]
    public void A_snapshot_of_what_is_not_committed_is_found()
    {
        Committed("SnapshotEqualsReplay").Restore(2, SnapshotOf(5, 2, "abcd")).Violates("S2 restores a snapshot through 5", "only entries up to 4");
        Committed("SnapshotEqualsReplay").Commit(2, 2).Compact(2, SnapshotOf(3, 2, "ab")).Violates("S2 takes a snapshot through 3", "only entries up to 2");
    }

    [Fact]
    public void Snapshots_in_any_order_that_equal_the_replay_are_fine() =>
        Committed("SnapshotEqualsReplay").Commit(2, 4).Compact(1, SnapshotOf(4, 2, "abc")).Compact(2, SnapshotOf(2, 2, "a")).Install(3, SnapshotOf(3, 2, "ab"), last: 3)
            .Restore(3, SnapshotOf(3, 2, "ab")).Restore(3, SnapshotOf(4, 2, "abc")).Fine();

    [Fact]
    public void A_read_from_a_state_older_than_what_was_committed_when_it_was_taken_is_found()
    {
        ReadRequest first = new();
        ReadRequest second = new();
        Committed("LinearizableReads").TakeRead(2, first).ServeRead(2, first, applied: 4).TakeRead(1, second).Fine()
            .ServeRead(1, second, applied: 3).Violates("S1 serves a read from the state after entry 3", "entries up to 4 were committed");
    }

    [Fact]
    public void A_read_of_what_is_not_committed_or_that_nobody_took_is_found()
    {
        ReadRequest read = new();
        Committed("LinearizableReads").TakeRead(1, read).Fine().ServeRead(1, read, applied: 5).Violates("S1 serves a read", "only entries up to 4");
        Committed("LinearizableReads").ServeRead(1, read, applied: 4).Violates("S1 serves a read that no leader has taken");
    }

    [Fact]
    public void A_read_that_sees_more_than_it_must_is_fine()
    {
        ReadRequest read = new();
        EventScript script = Committed("LinearizableReads").TakeRead(1, read);
        script.Append(1, Entry(5, 2, "z")).Commit(1, 5).ServeRead(1, read, applied: 5).Fine();
    }

    [Fact]
    public void An_answer_other_than_the_specifications_is_not_linearizable()
    {
        Committed("ClientLinearizability").Complete(1, 2, 2, "a").Complete(1, 4, 2, "abc").Fine()
            .Complete(1, 3, 2, "b").Violates("S1 completes", "\"b\" from entry 3/2", "answers \"ab\"");
        Committed("ClientLinearizability").Call(Operation(1, 1, "a")).Fine();
        ClientOperation stale = Operation(1, 1, "b");
        Committed("ClientLinearizability").Call(stale).Answer(stale, 3, 2, "a").Violates("c1#1 is answered with \"a\" from entry 3/2", "answers \"ab\"");
    }

    [Fact]
    public void An_answer_from_an_entry_of_another_term_is_not_linearizable() =>
        Committed("ClientLinearizability", withModel: false).Complete(1, 3, 2, "?").Fine()
            .Complete(1, 3, 1, "ab").Violates("entry 3/1", "the committed entry there is 3/2");

    [Fact]
    public void An_answer_from_an_entry_that_is_not_committed_or_no_command_is_not_linearizable()
    {
        Committed("ClientLinearizability").Complete(1, 5, 2, "abcd").Violates("entry 5/2", "only entries up to 4");
        Committed("ClientLinearizability").Complete(1, 1, 2, "").Violates("entry 1/2", "1/2 (empty)");
    }

    [Fact]
    public void An_answer_from_another_clients_entry_is_not_linearizable()
    {
        ClientOperation mine = Operation(1, 1, "a");
        Committed("ClientLinearizability", withModel: false).Call(mine).Answer(mine, 3, 2, "ab")
            .Violates("c1#1, which is \"a\"", "entry 3/2, which is \"b\"");
    }

    [Fact]
    public void An_end_without_an_answer_is_not_linearizable()
    {
        ClientOperation operation = Operation(1, 1, "a");
        Committed("ClientLinearizability").Call(operation)
            .On(new() { Kind = RaftEventKind.ClientAnswered, Server = default, Subject = operation }).Violates("c1#1 ends without an answer");
    }

    [Fact]
    public void Taking_effect_before_an_operation_answered_earlier_is_not_linearizable()
    {
        ClientOperation first = Operation(1, 1, "b");
        ClientOperation second = Operation(2, 1, "a");
        Committed("ClientLinearizability").Call(first).Answer(first, 3, 2, "ab").Call(second).Fine()
            .Answer(second, 2, 2, "a").Violates("c2#1 takes effect at 2", "c1#1 had been answered", "took effect at 3");
    }

    [Fact]
    public void Operations_that_overlap_may_take_effect_in_either_order()
    {
        ClientOperation first = Operation(1, 1, "b");
        ClientOperation second = Operation(2, 1, "a");
        ClientOperation third = Operation(1, 2, "c");
        Committed("ClientLinearizability").Call(first).Call(second).Answer(first, 3, 2, "ab").Answer(second, 2, 2, "a")
            .Call(third).Answer(third, 4, 2, "abc").Fine();
    }

    [Fact]
    public void A_retried_operation_takes_effect_at_its_first_entry()
    {
        // Entry 3 repeats entry 1; client 2's operation stands between them.
        LogEntry[] log = [Entry(1, 2, "1:1 a"), Entry(2, 2, "2:1 b"), Entry(3, 2, "1:1 a")];
        ClientOperation retried = Operation(1, 1, "1:1 a");
        ClientOperation other = Operation(2, 1, "2:1 b");
        Retried("ClientLinearizability", log).Call(retried).Call(other).Answer(retried, 3, 2, "a").Answer(other, 2, 2, "ab").Fine();
        Retried("ClientLinearizability", log).Call(other).Answer(other, 2, 2, "ab").Call(retried)
            .Answer(retried, 3, 2, "a").Violates("c1#1 takes effect at 1", "c2#1 had been answered", "took effect at 2");
    }

    [Fact]
    public void A_later_duplicate_sets_no_later_bound()
    {
        // Client 1 is answered from the duplicate at 3, but took effect at 1: client 3, called after that, may take
        // effect at 2.
        LogEntry[] log = [Entry(1, 2, "1:1 a"), Entry(2, 2, "3:1 c"), Entry(3, 2, "1:1 a")];
        ClientOperation retried = Operation(1, 1, "1:1 a");
        ClientOperation other = Operation(3, 1, "3:1 c");
        Retried("ClientLinearizability", log).Call(retried).Answer(retried, 3, 2, "a").Call(other).Answer(other, 2, 2, "ac").Fine();
    }

    [Fact]
    public void A_proposal_refused_as_without_effect_must_not_be_committed()
    {
        Committed("ClientLinearizability").Refuse(1, ProposalRefusalReason.Superseded, 4, 1).Fine()
            .Refuse(1, ProposalRefusalReason.Superseded, 4, 2).Violates("S1 refuses entry 4/2 as having no effect, but it is committed");
        Committed("ClientLinearizability").Refuse(2, ProposalRefusalReason.Superseded, 5, 2).Fine()
            .Commit(1, 5).Violates("S1 commits entry 5/2", "that it has no effect");
    }

    [Fact]
    public void One_refused_with_outcome_unknown_or_replaced_by_another_may() =>
        Committed("ClientLinearizability").Refuse(1, ProposalRefusalReason.OutcomeUnknown, 4, 2).Refuse(1, ProposalRefusalReason.OutcomeUnknown, 5, 2)
            .Refuse(1, ProposalRefusalReason.NotLeader, 0, 0).Refuse(2, ProposalRefusalReason.Superseded, 5, 1).Commit(1, 5).Fine();

    [Fact]
    public void A_retry_with_an_answer_of_its_own_is_not_exactly_once()
    {
        LogEntry[] log = [Entry(1, 2, "1:1 a"), Entry(2, 2, "2:1 b"), Entry(3, 2, "1:1 a")];
        Retried("ExactlyOnce", log).Complete(1, 1, 2, "a").Complete(2, 2, 2, "ab").Fine()
            .Complete(2, 3, 2, "aba").Violates("entry 3/2 repeats the operation of entry 1", "answers \"aba\"", "\"a\"");
        ClientOperation retried = Operation(1, 1, "1:1 a");
        Retried("ExactlyOnce", log).Call(retried).Answer(retried, 3, 2, "aba").Violates("entry 3/2 repeats the operation of entry 1", "answers \"aba\"");
    }

    [Fact]
    public void A_retry_with_the_first_answer_is_and_so_are_equal_commands_of_different_operations()
    {
        LogEntry[] log = [Entry(1, 2, "1:1 a"), Entry(2, 2, "1:2 a"), Entry(3, 2, "1:1 a"), Entry(4, 2, "a"), Entry(5, 2, "a")];
        Retried("ExactlyOnce", log).Complete(1, 1, 2, "a").Complete(1, 2, 2, "aa").Complete(1, 3, 2, "a").Complete(1, 4, 2, "aaa").Complete(1, 5, 2, "aaaa").Fine();
    }

    // Entries 2 to 4 are the commands a, b, c, committed; entry 5 is not.
    private static EventScript Committed(string property, bool withModel = true)
    {
        LogEntry[] log = [Entry(1, 2), Entry(2, 2, "a"), Entry(3, 2, "b"), Entry(4, 2, "c"), Entry(5, 2, "d")];
        return new EventScript(property, withModel: withModel).Lead(1, term: 2).Append(1, log).Append(2, log).Commit(1, 4);
    }

    private static EventScript Retried(string property, LogEntry[] log) =>
        new EventScript(property).Lead(1, term: 2).Append(1, log).Commit(1, log.Length);

    private static ClientOperation Operation(int client, long sequence, string command) => new(client, sequence, Encoding.ASCII.GetBytes(command));
}
