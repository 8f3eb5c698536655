using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications.Evidence;

/// <summary>Evidence for properties without a rule of their own.</summary>
internal static class FallbackEvidence
{
    /// <summary>
    /// Adds the event that most likely contradicts the last one. It is an event of the same kind on another server, at
    /// the same index or in the same term. Otherwise it is the previous event of the same server.
    /// </summary>
    public static void Related(Recording recording)
    {
        RaftEvent last = recording.Last;
        int related = last.Index == LogIndex.Zero ? -1 : recording.Latest((in RaftEvent e) => e.Kind == last.Kind && e.Index == last.Index && e.Server != last.Server);
        if (related >= 0)
        {
            recording.Add(related, $"the same kind of event at index {last.Index}, on {recording[related].Server}");
            return;
        }

        related = last.Term == Term.Zero ? -1 : recording.Latest((in RaftEvent e) => e.Kind == last.Kind && e.Term == last.Term && e.Server != last.Server);
        if (related >= 0)
        {
            recording.Add(related, $"the same kind of event in term {last.Term}, on {recording[related].Server}");
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

        recording.Add(related, $"the previous event of {last.Server}");
    }
}
