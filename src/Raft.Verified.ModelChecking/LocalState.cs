using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// Everything about one server that its steps depend on: the core, the disk, unfinished writes, and the messages that
/// wait for these writes.
/// </summary>
/// <param name="Core">The core; null while the server is down.</param>
/// <param name="Disk">The contents of the disk.</param>
/// <param name="Pending">The unfinished writes, in order.</param>
/// <param name="Held">
/// The messages that wait for a write, sorted by their bytes, each once. <c>After</c> is the position of that write in
/// <see cref="Pending"/>, from 1.
/// </param>
/// <param name="Needs">
/// History: for each read that waits in the core, the number of entries that were committed when it was requested.
/// </param>
internal sealed record LocalState(CoreState? Core, DiskState Disk, DurableWrite[] Pending, (Message Message, int After)[] Held, int[] Needs)
{
    public static LocalState Down(DiskState disk) => new(null, disk, [], [], []);

    /// <summary>Returns messages that wait for a write in normal form: sorted by their bytes, each once.</summary>
    public static (Message Message, int After)[] Sorted(IEnumerable<(Message Message, int After)> held)
    {
        List<(byte[] Bytes, Message Message, int After)> all = [];
        foreach ((Message message, int after) in held)
        {
            StateWriter writer = new();
            writer.Message(message);
            writer.Number(after);
            all.Add((writer.ToArray(), message, after));
        }

        all.Sort((left, right) => left.Bytes.AsSpan().SequenceCompareTo(right.Bytes));
        List<(Message, int)> sorted = [];
        for (int i = 0; i < all.Count; i++)
        {
            if (i == 0 || !all[i].Bytes.AsSpan().SequenceEqual(all[i - 1].Bytes))
            {
                sorted.Add((all[i].Message, all[i].After));
            }
        }

        return [.. sorted];
    }

    /// <summary>Returns the local state under a renaming of the servers.</summary>
    public LocalState Renamed(Renaming renaming) => new(
        Core is null ? null : renaming.Of(Core), renaming.Of(Disk), [.. Pending.Select(renaming.Of)],
        Held.Length == 0 ? Held : Sorted(Held.Select(held => (renaming.Of(held.Message), held.After))), Needs);

    /// <summary>
    /// Returns the local state of a server as bytes. Equal bytes mean equal states of the same server.
    /// </summary>
    public byte[] ToBytes(int server)
    {
        StateWriter writer = new();
        writer.Number(server);
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
        foreach ((Message message, int after) in Held)
        {
            writer.Message(message);
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
