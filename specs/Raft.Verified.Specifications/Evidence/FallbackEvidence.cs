using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications.Evidence;

/// <summary>For properties that no rule is written for.</summary>
internal static class FallbackEvidence
{
    /// <summary>What is most likely to contradict the last event: the same kind at the same index, or in the same term, elsewhere; else what its server did before.</summary>
    public static void Related(Recording recording)
    {
        RaftEvent last = recording.Last;
        int related = last.Index == LogIndex.Zero ? -1 : recording.Latest((in RaftEvent e) => e.Kind == last.Kind && e.Index == last.Index && e.Server != last.Server);
        if (related >= 0)
        {
            recording.Add(related, $"the same at index {last.Index}, on {recording[related].Server}");
            return;
        }

        related = last.Term == Term.Zero ? -1 : recording.Latest((in RaftEvent e) => e.Kind == last.Kind && e.Term == last.Term && e.Server != last.Server);
        if (related >= 0)
        {
            recording.Add(related, $"the same in term {last.Term}, on {recording[related].Server}");
            return;
        }

        if (last.Server.IsNone)
        {
            return;
        }

        related = recording.Latest((in RaftEvent e) => e.Kind == last.Kind && e.Server == last.Server);
        if (related < 0)
        {
            related = recording.Latest((in RaftEvent e) => e.Server == last.Server);
        }

        recording.Add(related, $"what {last.Server} did before");
    }
}
