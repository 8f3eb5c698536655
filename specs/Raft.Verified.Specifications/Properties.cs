namespace Raft.Verified.Specifications;

/// <summary>The catalogue of properties.</summary>
public static class Properties
{
    /// <summary>
    /// The liveness properties, which must hold after the faults stop. They have no state and may be shared.
    /// </summary>
    public static IReadOnlyList<LivenessProperty> Liveness { get; } = [new LeaderElected(), new EveryOperationAnswered(), new EveryServerCaughtUp()];

    /// <summary>Creates every safety property, for one run.</summary>
    /// <param name="model">
    /// The factory of the state machine's sequential specification. When it is null, answers and snapshots are compared
    /// only with the terms, indexes and commands of the committed log and by <see cref="Determinism"/>, and
    /// <see cref="ExactlyOnce"/> is left out.
    /// </param>
    /// <param name="determinism">
    /// The settings of <see cref="Determinism"/> when there is no model; null to compare the servers with each other only.
    /// </param>
    public static IReadOnlyList<SafetyProperty> CreateAll(Func<IStateMachineModel>? model, DeterminismOptions? determinism = null)
    {
        CommittedReplay? replay = model is null ? null : new CommittedReplay(model);
        SafetyProperty[] withoutModel =
        [
            new NoFault(),
            new ElectionSafety(),
            new LeaderAppendOnly(),
            new LogMatching(),
            new LeaderCompleteness(),
            new StateMachineSafety(),
            new MonotonicTerm(),
            new MonotonicCommit(),
            new MonotonicApplied(),
            new OneVotePerTerm(),
            new NoAcknowledgementBeforeDurability(),
            new CommittedOnQuorumOfDisks(),
            new AppliedInOrder(),
            new AppliedIsDurable(),
            new SnapshotEqualsReplay(replay),
            new ClientLinearizability(replay),
            new LinearizableReads(),
            new ElectedByMajority(),
            new NewerTermAdopted(),
            new StaleMessagesIgnored(),
            new ElectionTimerDiscipline(),
            new VotesForUpToDate(),
            new ChangesLogAsRequested(),
            new MatchIndexIsTrue(),
            new CommittedByMajority(),
            new LeaderSendsItsLog(),
            new NothingSentIsRefused(),
            new LoadedIsDurable(),
            new ReadsConfirmedByMajority(),
            new NamedLeaderHasLed(),
            new LeadershipBegunOnce(),
            new RefusalsAreTrue(),
            new NothingAfterStop(),
            new Determinism(hasModel: model is not null, determinism ?? new DeterminismOptions()),
        ];
        return replay is null ? withoutModel : [.. withoutModel, new ExactlyOnce(replay)];
    }
}
