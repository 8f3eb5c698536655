using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications.Evidence;

/// <summary>
/// The search for the two or three events that contradict each other in a run that violated a property. It runs after
/// the end of the run. Properties do not store events, for speed, so the facts behind their judgement are searched in
/// the recording.
/// </summary>
public static class ViolationEvidence
{
    /// <summary>Returns the events that show a violation, in the order in which they happened.</summary>
    /// <param name="property">
    /// The name of the violated property. For a name that is not in the catalogue, events of the same server, index or
    /// term are taken.
    /// </param>
    /// <param name="events">Every event of the run, in order.</param>
    /// <param name="violating">
    /// The position of the event at which the violation was found, or of the last event for a liveness property; -1
    /// without events.
    /// </param>
    /// <returns>A few points, each for another event; empty only when there are no events.</returns>
    public static IReadOnlyList<EvidencePoint> Of(string property, IReadOnlyList<RaftEvent> events, int violating)
    {
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(violating, Math.Max(events.Count, 1));
        if (violating < 0 || events.Count == 0)
        {
            return [];
        }

        Recording recording = new(events, violating);
        Collect(property, recording);
        return recording.Points();
    }

    // The rule of the property adds its points. The violating event is always a point.
    private static void Collect(string property, Recording recording)
    {
        RuleOf(property)(recording);
        if (recording.Count == 0 || (recording.Count == 1 && recording.Has(recording.Violating)))
        {
            FallbackEvidence.Related(recording);
        }

        recording.Add(recording.Violating, "here the property is violated");
    }

    private static Action<Recording> RuleOf(string property) => property switch
    {
        nameof(ElectionSafety) => ElectionEvidence.ElectionSafety,
        nameof(OneVotePerTerm) => ElectionEvidence.OneVotePerTerm,
        nameof(MonotonicTerm) => ElectionEvidence.MonotonicTerm,
        nameof(LeaderAppendOnly) => LogEvidence.LeaderAppendOnly,
        nameof(LogMatching) => LogEvidence.LogMatching,
        nameof(LeaderCompleteness) => LogEvidence.LeaderCompleteness,
        nameof(StateMachineSafety) => CommitEvidence.StateMachineSafety,
        nameof(MonotonicCommit) => CommitEvidence.MonotonicCommit,
        nameof(MonotonicApplied) => CommitEvidence.MonotonicApplied,
        nameof(AppliedInOrder) => CommitEvidence.AppliedInOrder,
        nameof(AppliedIsDurable) => DiskEvidence.AppliedIsDurable,
        nameof(NoAcknowledgementBeforeDurability) => DiskEvidence.NoAcknowledgementBeforeDurability,
        nameof(CommittedOnQuorumOfDisks) => DiskEvidence.CommittedOnQuorumOfDisks,
        nameof(SnapshotEqualsReplay) => DiskEvidence.SnapshotEqualsReplay,
        nameof(ClientLinearizability) => ClientEvidence.ClientLinearizability,
        nameof(ExactlyOnce) => ClientEvidence.ExactlyOnce,
        nameof(Determinism) => MachineEvidence.Determinism,
        nameof(LinearizableReads) => ClientEvidence.LinearizableReads,
        nameof(NoFault) => ClientEvidence.NoFault,
        nameof(ElectedByMajority) => StepEvidence.ElectedByMajority,
        nameof(NewerTermAdopted) => StepEvidence.NewerTermAdopted,
        nameof(StaleMessagesIgnored) => StepEvidence.StaleMessagesIgnored,
        nameof(ElectionTimerDiscipline) => StepEvidence.ElectionTimerDiscipline,
        nameof(VotesForUpToDate) => StepEvidence.VotesForUpToDate,
        nameof(ChangesLogAsRequested) => StepEvidence.ChangesLogAsRequested,
        nameof(MatchIndexIsTrue) => StepEvidence.MatchIndexIsTrue,
        nameof(CommittedByMajority) => StepEvidence.CommittedByMajority,
        nameof(LeaderSendsItsLog) => StepEvidence.LeaderSendsItsLog,
        nameof(ReadsConfirmedByMajority) => ClientEvidence.ReadsConfirmedByMajority,
        nameof(NamedLeaderHasLed) => CallEvidence.NamedLeaderHasLed,
        nameof(LeadershipBegunOnce) => CallEvidence.LeadershipBegunOnce,
        nameof(RefusalsAreTrue) => CallEvidence.RefusalsAreTrue,
        nameof(NothingAfterStop) => CallEvidence.NothingAfterStop,
        nameof(Livelock) => CallEvidence.Livelock,
        nameof(LeaderElected) => LivenessEvidence.LeaderElected,
        nameof(EveryOperationAnswered) => LivenessEvidence.EveryOperationAnswered,
        nameof(EveryServerCaughtUp) => LivenessEvidence.EveryServerCaughtUp,
        _ => FallbackEvidence.Related,
    };
}
