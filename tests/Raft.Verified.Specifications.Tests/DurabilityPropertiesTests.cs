using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Specifications.EventScript;

namespace Raft.Verified.Tests.Specifications;

/// <summary>No acknowledgement before durability; what is committed is on a majority of disks.</summary>
public sealed class DurabilityPropertiesTests
{
    private static readonly ServerId S1 = new(1);
    private static readonly ServerId S2 = new(2);
    private static readonly ServerId S3 = new(3);

    [Fact]
    public void Acknowledging_an_entry_that_is_only_in_memory_is_too_early() =>
        Acknowledging().WriteTerm(2, 2).Append(2, Entry(1, 2), Entry(2, 2, "x")).Write(2, Entry(1, 2)).Send(Appended(2, match: 1)).Fine()
            .Send(Appended(2, match: 2)).Violates("S2 acknowledges entries through 2 to S1", "its disk ends at 1");

    [Fact]
    public void Acknowledging_entries_in_a_term_that_is_not_on_disk_is_too_early() =>
        Acknowledging().WriteTerm(2, 1).AppendAndWrite(2, Entry(1, 2)).Send(Appended(2, match: 1)).Violates("S2 sends", "disk is still in term 1");

    [Fact]
    public void Refusing_in_a_term_that_is_not_on_disk_is_too_early() =>
        Acknowledging().WriteTerm(2, 1)
            .Send(new RequestVoteReply(S2, S3, new(2), new(1), false)).Violates("S2 sends", "refused", "to S3", "disk is still in term 1");

    [Fact]
    public void Acknowledging_another_entry_than_the_leaders_is_too_early() =>
        Acknowledging().WriteTerm(1, 2).Lead(1, term: 2).Append(1, Entry(1, 1, "x"), Entry(2, 2, "y"))
            .WriteTerm(2, 2).Write(2, Entry(1, 1, "x")).Send(Appended(2, match: 1)).Fine()
            .Write(2, Entry(2, 1, "old")).Send(Appended(2, match: 2)).Violates("S2 acknowledges entries through 2 to S1", "entry 2/2", "its disk has 2/1");

    [Fact]
    public void Acknowledging_what_is_on_disk_or_in_its_snapshot_is_not() =>
        Acknowledging().WriteTerm(1, 2).Lead(1, term: 2).Append(1, Entry(1, 1, "x"), Entry(2, 2, "y"), Entry(3, 2, "z"))
            .WriteTerm(2, 2).Write(2, Entry(1, 1, "x"), Entry(2, 2, "y")).Send(Appended(2, match: 2))
            .WriteTerm(3, 2).WriteSnapshot(3, SnapshotOf(2, 2, "xy"), last: 2).Send(new AppendEntriesReply(
                S3, S1, new(2), new(2), true, new(0), new(2), default, default, default))
            .Fine();

    [Fact]
    public void A_late_acknowledgement_of_entries_that_a_newer_term_replaced_is_not() =>
        Acknowledging().WriteTerm(2, 2).Write(2, Entry(1, 2), Entry(2, 2, "x"))
            .WriteTerm(2, 3).TruncateDisk(2, from: 1).Write(2, Entry(1, 3))
            .Send(Appended(2, match: 2)).Fine();

    [Fact]
    public void An_acknowledgement_is_not_held_against_a_log_that_its_leader_has_given_up() =>
        Acknowledging().WriteTerm(1, 2).Lead(1, term: 2).Append(1, Entry(1, 2, "x")).WriteTerm(2, 2).Write(2, Entry(1, 2, "x"))
            .Term(1, 3).Become(Role.Follower, 1).Truncate(1, from: 1).Append(1, Entry(1, 3, "y"))
            .Send(Appended(2, match: 1)).Fine();

    [Fact]
    public void A_vote_that_is_only_in_memory_is_sent_too_early() =>
        Acknowledging().Term(2, 5).Vote(2, 5, 3).WriteTerm(2, 5)
            .Send(Granted(2, 3, term: 5)).Violates("S2 sends", "term 5 for S3", "disk holds term 5 with a vote for nobody");

    [Fact]
    public void A_vote_for_another_than_the_one_on_disk_is_sent_too_early() =>
        Acknowledging().WriteTerm(2, 5, vote: 1).Send(Granted(2, 1, term: 5)).Fine()
            .Send(Granted(2, 3, term: 5)).Violates("S2 sends", "term 5 for S3", "vote for S1");

    [Fact]
    public void Asking_for_votes_before_ones_own_is_on_disk_is_too_early() =>
        Acknowledging().WriteTerm(2, 5)
            .Send(new RequestVote(S2, S3, new(5), default, default)).Violates("S2 sends", "term 5 for S2", "vote for nobody");

    [Fact]
    public void Votes_that_are_on_disk_or_of_a_term_that_the_disk_has_left_behind_are_not() =>
        Acknowledging().WriteTerm(2, 5, vote: 2).Send(new RequestVote(S2, S3, new(5), default, default))
            .WriteTerm(3, 5, vote: 2).Send(Granted(3, 2, term: 5))
            .WriteTerm(3, 6, vote: 1).Send(Granted(3, 2, term: 5))
            .Fine();

    [Fact]
    public void Reporting_a_snapshot_as_installed_before_it_is_on_disk_is_too_early() =>
        Acknowledging().WriteTerm(2, 2).Install(2, SnapshotOf(4, 1, ""), last: 4)
            .Send(new InstallSnapshotReply(S2, S1, new(2), new(2), new(4), 10, true)).Violates("S2 tells S1", "snapshot through 4", "its disk ends at 0");

    [Fact]
    public void Reporting_it_once_disk_or_log_reach_it_or_reporting_progress_is_not() =>
        Acknowledging().WriteTerm(2, 2).Send(new InstallSnapshotReply(S2, S1, new(2), new(2), new(4), 10, false))
            .WriteSnapshot(2, SnapshotOf(4, 1, ""), last: 4).Send(new InstallSnapshotReply(S2, S1, new(2), new(2), new(4), 10, true))
            .WriteTerm(3, 2).Write(3, Entry(1, 1), Entry(2, 1, "x")).Send(new InstallSnapshotReply(S3, S1, new(2), new(2), new(2), 0, true))
            .Fine();

    [Fact]
    public void Committing_what_is_on_one_disk_of_three_is_not_enough() =>
        Committing().Lead(1, term: 2).AppendAndWrite(1, Entry(1, 2, "x")).Append(2, Entry(1, 2, "x"))
            .Commit(1, 1).Violates("S1 commits entry 1/2 in term 2", "is on 1 of 3 disks where 2 are needed", "S1 has 1/2", "S2 ends at 0", "S3 ends at 0");

    [Fact]
    public void Committing_on_the_strength_of_another_entry_at_that_index_is_not_enough() =>
        Committing().Lead(1, term: 2).AppendAndWrite(1, Entry(1, 2, "x")).Write(2, Entry(1, 1, "y"))
            .Commit(1, 1).Violates("S1 commits entry 1/2", "is on 1 of 3 disks", "S2 has 1/1");

    [Fact]
    public void Committing_an_older_terms_entry_by_counting_is_not_enough() =>
        Committing().Append(1, Entry(1, 1, "x")).Write(1, Entry(1, 1, "x")).Write(2, Entry(1, 1, "x")).Lead(1, term: 3).AppendAndWrite(1, Entry(2, 3))
            .Commit(1, 1).Violates("S1 commits up to entry 1/1 in term 3", "no entry of that term");

    [Fact]
    public void Committing_what_is_on_a_majority_of_disks_is_enough() =>
        Committing().Append(1, Entry(1, 1, "x")).Write(1, Entry(1, 1, "x")).Write(2, Entry(1, 1, "x")).Lead(1, term: 3)
            .Append(1, Entry(2, 3)).Write(2, Entry(2, 3)).Write(3, Entry(1, 1, "x"), Entry(2, 3))
            .Commit(1, 1).Commit(1, 2).Append(2, Entry(1, 1, "x"), Entry(2, 3)).Commit(2, 2)
            .Fine();

    [Fact]
    public void A_committed_entry_may_leave_a_disk_only_while_a_majority_keeps_it()
    {
        OnAllDisks().TruncateDisk(3, from: 2).Fine()
            .TruncateDisk(2, from: 2).Violates("the disk of S2 loses entry 2/2, committed in term 2", "leaves it on 1 of 3 disks where 2 are needed");
        OnAllDisks().TruncateDisk(3, from: 2).TruncateDisk(2, from: 3).Fine();
    }

    [Fact]
    public void A_snapshot_that_drops_committed_entries_behind_it_counts_as_loss()
    {
        OnAllDisks().WriteSnapshot(3, SnapshotOf(1, 2, ""), last: 1).Fine()
            .WriteSnapshot(2, SnapshotOf(1, 2, ""), last: 1).Violates("the disk of S2 loses entry 2/2", "leaves it on 1 of 3 disks");
        OnAllDisks().WriteSnapshot(3, SnapshotOf(1, 2, ""), last: 1).WriteSnapshot(2, SnapshotOf(1, 2, ""), last: 3)
            .WriteSnapshot(1, SnapshotOf(2, 2, ""), last: 3).Fine();
    }

    [Fact]
    public void A_write_over_a_committed_entry_counts_as_loss()
    {
        OnAllDisks().Write(3, Entry(2, 3, "z")).Fine().Write(2, Entry(2, 3, "z")).Violates("the disk of S2 loses entry 2/2", "leaves it on 1 of 3 disks");
        OnAllDisks().Write(3, Entry(2, 3, "z")).Write(2, Entry(2, 2, "x")).Fine();
    }

    [Fact]
    public void A_disk_that_comes_back_without_a_committed_entry_counts_as_loss()
    {
        OnAllDisks().Crash(3).Start(3, Disk(2, 0, null, Entry(1, 2))).Crash(2).Fine()
            .Start(2, Disk(2)).Violates("the disk of S2 loses entry 2/2", "leaves it on 1 of 3 disks");
        OnAllDisks().Crash(3).Start(3, Disk(2)).Crash(2).Start(2, Disk(2, 0, SnapshotOf(1, 2, ""), Entry(2, 2, "x"))).Fine();
    }

    [Fact]
    public void A_restart_from_what_is_durable_is_fine()
    {
        Loading().Crash(1).Start(1, Disk(3, 2, null, Entry(1, 2), Entry(2, 2, "x"))).Fine();
        Loading().Crash(1).Start(1, Disk(2, 1, null, Entry(1, 2))).Fine();
        Loading().WriteSnapshot(1, SnapshotOf(1, 2, ""), last: 2).Crash(1).Start(1, Disk(3, 2, SnapshotOf(1, 2, ""), Entry(2, 2, "x"))).Fine();
    }

    [Fact]
    public void A_restart_that_finds_an_entry_in_the_page_cache_alone_violates_loaded_is_durable()
    {
        Loading().Crash(1).Start(1, Disk(3, 2, null, Entry(1, 2), Entry(2, 2, "x"), Entry(3, 3, "y"))).Violates("S1 starts with 3/3", "its disk ends at 2");
        Loading().Crash(1).Start(1, Disk(3, 2, null, Entry(1, 2), Entry(2, 3, "other"))).Violates("S1 starts with 2/3", "its disk has 2/2");
    }

    [Fact]
    public void A_restart_that_finds_a_term_or_vote_in_the_page_cache_alone_violates_loaded_is_durable()
    {
        Loading().Crash(1).Start(1, Disk(4)).Violates("term 4 and a vote for nobody", "term 3 and a vote for S2");
        Loading().Crash(1).Start(1, Disk(3, 1)).Violates("term 3 and a vote for S1", "term 3 and a vote for S2");
    }

    // What is behind a conflict with the snapshot's end is not recovered, however often the server starts before it is cut off.
    [Fact]
    public void Entries_that_a_restart_does_not_use_are_not_asked_for()
    {
        DurableState uncut = Disk(3, 2, SnapshotOf(2, 3, ""), Entry(1, 2), Entry(2, 2, "x"), Entry(3, 2, "y"));
        Loading().Write(1, Entry(3, 2, "y")).Crash(1).Start(1, uncut).Crash(1).Start(1, uncut).Fine();
    }

    private static EventScript Loading() =>
        new EventScript("LoadedIsDurable").WriteTerm(1, 3, 2).Write(1, Entry(1, 2), Entry(2, 2, "x")).Fine();

    private static EventScript Acknowledging() => new("NoAcknowledgementBeforeDurability");

    private static EventScript Committing() => new("CommittedOnQuorumOfDisks");

    // Entries 1 and 2 are committed, 3 is not.
    private static EventScript OnAllDisks()
    {
        LogEntry[] entries = [Entry(1, 2), Entry(2, 2, "x"), Entry(3, 2, "y")];
        return Committing().Lead(1, term: 2).AppendAndWrite(1, entries).AppendAndWrite(2, entries).AppendAndWrite(3, entries).Commit(1, 2);
    }

    private static AppendEntriesReply Appended(int from, long match) =>
        new(new(from), S1, new(2), new(2), true, new(0), new(match), default, default, default);

    private static RequestVoteReply Granted(int voter, int candidate, long term) => new(new(voter), new(candidate), new(term), new(term), true);
}
