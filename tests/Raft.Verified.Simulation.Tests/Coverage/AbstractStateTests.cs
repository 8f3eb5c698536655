using Raft.Verified.Exploration.Coverage;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation;
using Xunit;

namespace Raft.Verified.Tests.Coverage;

/// <summary>Which states are told apart, and which are not.</summary>
public sealed class AbstractStateTests
{
    [Fact]
    public void The_names_of_the_servers_do_not_matter()
    {
        ulong[] one = Story(1, 2, 3).Take().States;

        Assert.Equal(one, Story(2, 3, 1).Take().States);
        Assert.Equal(one, Story(3, 1, 2).Take().States);
        Assert.True(one.Length > 8, $"{one.Length} states");
    }

    [Fact]
    public void How_a_state_came_about_does_not_matter()
    {
        ulong direct = Last(new CoverageScript().StartAll(1, 2, 3).Lead(1, 2));
        ulong roundabout = Last(new CoverageScript().StartAll(3, 2, 1).Candidate(2, 1).On(RaftEventKind.Crashed, 2).Lead(1, 2)
            .On(RaftEventKind.Started, 2, subject: DurableState.Empty));
        ulong higherTerm = Last(new CoverageScript().StartAll(1, 2, 3).Lead(1, 7));

        Assert.Equal(direct, roundabout);
        Assert.Equal(direct, higherTerm);
    }

    [Theory]
    [InlineData("a server pauses")]
    [InlineData("a server crashes")]
    [InlineData("a term is one behind")]
    [InlineData("a vote is given")]
    [InlineData("a log is longer")]
    [InlineData("an entry is committed")]
    [InlineData("a log is compacted")]
    public void States_differ_when(string what)
    {
        CoverageScript before = new CoverageScript().StartAll(1, 2, 3).Lead(1, 3).On(RaftEventKind.TermAdvanced, 2, 3);
        ulong state = Last(before);
        CoverageScript after = what switch
        {
            "a server pauses" => before.Act(3, new Paused()),
            "a server crashes" => before.On(RaftEventKind.Crashed, 3),
            "a term is one behind" => before.On(RaftEventKind.TermAdvanced, 3, 2),
            "a vote is given" => before.On(RaftEventKind.Voted, 2, 3, peer: 1),
            "a log is longer" => before.Append(1, 3, 1),
            "an entry is committed" => before.On(RaftEventKind.CommitAdvanced, 1, 3, index: 1),
            _ => before.On(RaftEventKind.LogCompacted, 1, index: 1, otherIndex: 1, subject: new Snapshot(new LogIndex(1), new Term(3), default)),
        };

        Assert.NotEqual(state, Last(after));
    }

    [Fact]
    public void A_log_in_conflict_with_the_best_one_is_not_one_that_is_shorter()
    {
        CoverageScript shorter = new CoverageScript().StartAll(1, 2, 3).Append(1, 1, 1).Append(1, 2, 2).Append(2, 1, 1);
        CoverageScript inConflict = new CoverageScript().StartAll(1, 2, 3).Append(1, 2, 1).Append(1, 2, 2).Append(2, 1, 1);

        Assert.NotEqual(Last(shorter), Last(inConflict));
    }

    [Fact]
    public void A_state_is_told_once_by_a_worker()
    {
        StateSet known = new(1000);
        ulong[] first = Story(1, 2, 3, known).Take().States;
        ulong[] again = Story(2, 1, 3, known).Take().States;

        Assert.NotEmpty(first);
        Assert.Equal(first.Length, first.Distinct().Count());
        Assert.Empty(again);
    }

    [Fact]
    public void A_worker_with_a_full_memory_tells_states_again_rather_than_none()
    {
        StateSet known = new(3);
        ulong[] first = Story(1, 2, 3, known).Take().States;
        ulong[] again = Story(1, 2, 3, known).Take().States;

        Assert.Equal(Story(1, 2, 3).Take().States, first.Distinct());
        Assert.NotEmpty(again);
    }

    [Fact]
    public void A_set_of_states_keeps_what_it_is_given_up_to_its_bound()
    {
        StateSet set = new(5000);
        for (ulong i = 0; i < 5000; i++)
        {
            // Many with the same upper half, so that they meet in the same slots.
            Assert.True(set.Add(i % 3 == 0 ? i : i << 33));
        }

        Assert.True(set.IsFull);
        Assert.False(set.Add(3));
        Assert.False(set.Add(4UL << 33));
        Assert.True(set.Add(4));
        Assert.Equal(5000, set.Count);
        set.Clear();
        Assert.True(set.Add(3));
        Assert.Equal(1, set.Count);
    }

    private static CoverageScript Story(int leader, int follower, int other, StateSet? known = null) => new CoverageScript(known: known)
        .StartAll(leader, follower, other)
        .Lead(leader, 1).Append(leader, 1, 1)
        .On(RaftEventKind.TermAdvanced, follower, 1).Append(follower, 1, 1)
        .On(RaftEventKind.CommitAdvanced, leader, 1, 1)
        .On(RaftEventKind.Crashed, leader)
        .Candidate(other, 2).Act(other, new Paused()).Act(other, new Resumed());

    private static ulong Last(CoverageScript script) => script.CurrentState;
}
