using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>Everything about one server that a step of it depends on: its core, its disk, what is on its way there, and the messages that wait for that.</summary>
/// <param name="Core">The core; null while the server is down.</param>
/// <param name="Disk">What the disk holds.</param>
/// <param name="Pending">The writes on their way to the disk, in order.</param>
/// <param name="Held">Messages that wait for the disk, by number, and for which of <see cref="Pending"/>, counted from 1; sorted, each once.</param>
/// <param name="Needs">History: of each read that waits in the core, how many entries were committed when it was asked for.</param>
internal sealed record LocalState(CoreState? Core, DiskState Disk, DurableWrite[] Pending, (int Message, int After)[] Held, int[] Needs)
{
    public static LocalState Down(DiskState disk) => new(null, disk, [], [], []);

    public byte[] ToBytes()
    {
        StateWriter writer = new();
        Disk.WriteTo(writer);
        writer.Flag(Core is not null);
        if (Core is null)
        {
            return writer.ToArray();
        }

        Core.WriteTo(writer);
        writer.Number(Pending.Length);
        foreach (DurableWrite write in Pending)
        {
            Write(writer, write);
        }

        writer.Number(Held.Length);
        foreach ((int message, int after) in Held)
        {
            writer.Number(message);
            writer.Number(after);
        }

        writer.Number(Needs.Length);
        foreach (int need in Needs)
        {
            writer.Number(need);
        }

        return writer.ToArray();
    }

    private static void Write(StateWriter writer, DurableWrite write)
    {
        writer.Flag(write.TermAndVote is not null);
        if (write.TermAndVote is { } termAndVote)
        {
            writer.Number(termAndVote.CurrentTerm.Value);
            writer.Number(termAndVote.VotedFor.Value);
        }

        writer.Snapshot(write.Snapshot);
        writer.Flag(write.Snapshot is not null && write.KeepSuffix);
        writer.Number(write.LogFrom?.Value ?? 0);
        writer.Entries(write.Entries.ToArray());
    }
}
