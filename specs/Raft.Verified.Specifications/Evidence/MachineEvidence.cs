using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications.Evidence;

/// <summary>Evidence for state machines that are not deterministic.</summary>
internal static class MachineEvidence
{
    /// <summary>
    /// Adds the same entry or snapshot on the server that had it first, and the restore or the answer before on the server
    /// itself.
    /// </summary>
    public static void Determinism(Recording recording)
    {
        RaftEvent last = recording.Last;
        if (last.Subject is ClientOperation operation)
        {
            LogIndex index = operation.Answer?.Index ?? LogIndex.Zero;
            int given = recording.First((in RaftEvent e) => e.Kind == RaftEventKind.Applied && e.Index == index);
            recording.Add(given, given < 0 ? "" : $"{recording[given].Server} answers entry {recording[given].Subject}");
            recording.Add(recording.Violating, $"{operation} is answered");
            return;
        }

        bool applies = last.Kind == RaftEventKind.Applied;
        int first = recording.First((in RaftEvent e) => e.Index == last.Index
            && (applies ? e.Kind == RaftEventKind.Applied : e.Kind is RaftEventKind.LogCompacted or RaftEventKind.SnapshotInstalled or RaftEventKind.Restored));
        recording.Add(first, first < 0 ? "" : $"{recording[first].Server} was the first to {(applies ? "answer" : "have a snapshot through")} {last.Index}");
        int before = recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Kind is RaftEventKind.Applied or RaftEventKind.Restored);
        recording.Add(before, before < 0 ? "" : recording[before].Kind == RaftEventKind.Restored
            ? $"{last.Server} restores its state from the snapshot through {recording[before].Index}"
            : $"{last.Server} applied {recording[before].Index} before");
        recording.Add(recording.Violating, applies ? $"{last.Server} answers {last.Index}" : $"{last.Server} has a snapshot through {last.Index}");
    }
}
