using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation.Scripts;
using Xunit;

namespace Raft.Verified.Tests.Directed;

/// <summary>
/// P8: the same line of a script again and again, in each run with a crash at the next place between two awaits, from the moment at which the message is
/// taken from the network to the one at which everything is done. What has been told by then must be true after the restart.
/// </summary>
public sealed class CrashPointTests
{
    /// <summary>The activity of a server at the moment of its crash.</summary>
    public enum Doing
    {
        /// <summary>It asks for votes.</summary>
        Campaign,

        /// <summary>It gives its vote.</summary>
        Vote,

        /// <summary>It takes entries, in place of others that conflict.</summary>
        Append,

        /// <summary>It takes a snapshot.</summary>
        Install,

        /// <summary>As a leader, it takes a command.</summary>
        Propose,
    }

    [Theory]
    [InlineData(Doing.Campaign, 0)]
    [InlineData(Doing.Campaign, 1)]
    [InlineData(Doing.Vote, 0)]
    [InlineData(Doing.Vote, 1)]
    [InlineData(Doing.Append, 0)]
    [InlineData(Doing.Append, 1)]
    [InlineData(Doing.Append, 2)]
    [InlineData(Doing.Install, 0)]
    [InlineData(Doing.Install, 1)]
    [InlineData(Doing.Install, 2)]
    [InlineData(Doing.Propose, 0)]
    [InlineData(Doing.Propose, 1)]
    public void Whatever_was_told_before_a_crash_is_true_after_it(Doing doing, int survivingParts)
    {
        int points = 0;
        int told = 0;
        while (CrashesAt(doing, points + 1, survivingParts, ref told))
        {
            points++;
        }

        // From the inbox to the disk, back to the inbox, to the sender: a handful of places. In some of the runs the promise was told before the crash.
        Assert.InRange(points, 4, 40);
        Assert.True(told > 0, "nothing was told before any crash");
    }

    // False when the server was done before it had made so many steps.
    private static bool CrashesAt(Doing doing, int point, int survivingParts, ref int told)
    {
        Script script = new();
        List<Task<ProposalResult>> answers = [];
        ScriptedServer crashing = Prepare(script, doing, answers, out Action act);
        int before = script.Sent.Count;
        crashing.WillCrashAfter(point, survivingParts);
        act();
        if (crashing.IsUp)
        {
            crashing.WillNotCrash();
            return false;
        }

        crashing.Restarts();
        foreach (Message message in script.Sent.Skip(before).Where(message => message.From == crashing.Id))
        {
            told++;
            Assert.True(
                IsKept(crashing, message),
                $"{crashing} told {message}, crashed at point {point}, and is in term {crashing.Term}, vote {crashing.VotedFor}, log {crashing.Log}");
        }

        Assert.All(answers.Where(answer => answer.IsCompletedSuccessfully), _ => Assert.Equal("x/1", crashing.Log));
        GoOn(script, crashing);
        return true;
    }

    private static ScriptedServer Prepare(Script script, Doing doing, List<Task<ProposalResult>> answers, out Action act)
    {
        (ScriptedServer s1, ScriptedServer s2, ScriptedServer s3) = (script.S1, script.S2, script.S3);
        switch (doing)
        {
            case Doing.Campaign:
                act = () => s1.TimesOut();
                return s1;
            case Doing.Vote:
                s1.TimesOut();
                act = () => script.Deliver(s1 >> s2, Script.VoteRequest);
                return s2;
            case Doing.Append:
                script.Elect(s2, s3);
                s2.Propose("p", "q", "r");
                s1.TimesOut();
                script.DropAll();
                script.Elect(s1, s3);
                script.DropAll();
                s1.Propose("x", "y");
                s1.SendsHeartbeats();
                act = () => script.Deliver(s1 >> s2, Script.AppendOf(1, 2));
                return s2;
            case Doing.Install:
                script.Elect(s2, s3);
                s2.Propose("p", "q", "r", "s");
                s1.TimesOut();
                script.DropAll();
                script.Elect(s1, s3);
                s1.Propose("x", "y", "z");
                script.DeliverAll(s1, s3);
                s1.Compacts();
                s1.SendsHeartbeats();
                script.Deliver(s1 >> s2, Script.Append);
                act = () => script.Deliver(s1 >> s2, Script.SnapshotChunk);
                return s2;
            default:
                script.Elect(s1, s3);
                script.DeliverAll(s1, s3);
                act = () =>
                {
                    answers.AddRange(s1.Propose("x"));
                    script.DeliverAll(s1, s3);
                };
                return s1;
        }
    }

    private static bool IsKept(ScriptedServer server, Message told) => server.Term >= told.Term.Value && told switch
    {
        RequestVote request => server.Term > request.Term.Value || server.VotedFor == server.Id,
        RequestVoteReply { VoteGranted: true } reply => server.Term > reply.RequestTerm.Value || server.VotedFor == reply.To,
        AppendEntriesReply { Success: true } => server.Log == "x/2 y/2" && server.DiskLog == server.Log,
        InstallSnapshotReply { Installed: true } => server.Log == "[3/2]",
        _ => true,
    };

    // For the monitors to see: the one that crashed and one that was not concerned elect a leader and commit, without the third who might object.
    private static void GoOn(Script script, ScriptedServer crashed)
    {
        ScriptedServer other = script.S3;
        script.DropAll();
        for (int attempt = 0; attempt < 6 && crashed.Role != Role.Leader && other.Role != Role.Leader; attempt++)
        {
            (attempt % 2 == 0 ? other : crashed).TimesOut();
            script.DeliverAll(crashed, other);
        }

        ScriptedServer leader = crashed.Role == Role.Leader ? crashed : other;
        leader.Propose("later");
        script.DeliverAll(crashed, other);
        string last = $"later/{leader.Term}";
        Assert.Equal((Role.Leader, last, last), (leader.Role, crashed.Log.Split(' ')[^1], other.Log.Split(' ')[^1]));
    }
}
