using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation.Scripts;
using Xunit;

namespace Raft.Verified.Tests.Directed;

/// <summary>Schedules of reads that wait for confirmations, and of answers that come late and confirm nothing.</summary>
public sealed class ReadScheduleTests : Script
{
    [Fact]
    public void A_late_answer_to_a_chunk_of_an_earlier_term_confirms_no_read()
    {
        InstallSnapshotReply late = AnswerToAChunkWithARoundOfReadsHeld();
        Assert.Equal((1L, 1L), (late.RequestTerm.Value, late.Round.Value));

        // The same server leads again, and takes reads in the new term, where rounds begin anew.
        S2.TimesOut();
        Deliver(S2 >> S1, VoteRequest);
        DropAll();
        Elect(S1, S3);
        S1.Propose("d");
        DeliverAll(S1, S3);
        Assert.Equal((Role.Leader, 3L, 4L), (S1.Role, S1.Term, S1.Applied));
        Cut(S1);
        Task<ReadResult<string>> read = S1.Reads();

        // Another one leads by now, and has committed more.
        Elect(S3, S2);
        S3.Propose("e");
        DeliverAll(S3, S2);
        S3.SendsHeartbeats();
        DeliverAll(S3, S2);
        Assert.Equal(5, S3.Commit);
        Deliver(late);

        Assert.Equal((Role.Leader, false), (S1.Role, read.IsCompleted));
    }

    [Fact]
    public void A_late_answer_to_a_chunk_confirms_no_read_that_was_taken_after_the_chunk_was_sent()
    {
        InstallSnapshotReply late = AnswerToAChunkWithARoundOfReadsHeld();
        DropAll();
        Cut(S1);
        Task<ReadResult<string>> read = S1.Reads();
        Deliver(late);

        Assert.False(read.IsCompleted);
    }

    // S1 leads in term 1, has compacted what S2 needs, and sends it the snapshot in chunks; S2 has answered one that carried the first round of reads.
    private InstallSnapshotReply AnswerToAChunkWithARoundOfReadsHeld()
    {
        Settings = Settings with { MaxSnapshotChunkBytes = 2 };
        Elect(S1, S3);
        S1.Propose("a", "b", "c");
        DeliverAll(S1, S3);
        S1.Compacts();
        S1.SendsHeartbeats();
        while (!HeldOn(S1 >> S2).Any(message => message is InstallSnapshot))
        {
            Deliver(HeldOn(S1 >> S2)[0]);
            if (HeldOn(S2 >> S1).Count > 0)
            {
                Deliver(HeldOn(S2 >> S1)[0]);
            }
        }

        Task<ReadResult<string>> read = S1.Reads();
        Deliver(S1 >> S2, SnapshotChunk.Where("with a round", chunk => chunk.Round > ReadRound.None));
        DeliverAll(S1, S3);
        Assert.True(read.IsCompletedSuccessfully);
        return Hold(S2 >> S1, SnapshotReply.Where("with a round", reply => reply.Round > ReadRound.None));
    }
}
