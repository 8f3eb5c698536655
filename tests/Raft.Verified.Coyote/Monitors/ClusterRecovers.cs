namespace Raft.Verified.Coyote.Monitors;

/// <summary>Liveness: once the faults are over, there is a moment at which a leader leads and every server has caught up. Hot until then.</summary>
internal sealed class ClusterRecovers : Microsoft.Coyote.Specifications.Monitor
{
    /// <summary>From now on the cluster has to recover.</summary>
    internal sealed class FaultsEnded : Event;

    /// <summary>It has.</summary>
    internal sealed class Recovered : Event;

    [Start]
    [Cold]
    [OnEventGotoState(typeof(FaultsEnded), typeof(Recovering))]
    private sealed class Faulty : State;

    [Hot]
    [OnEventGotoState(typeof(Recovered), typeof(Healthy))]
    private sealed class Recovering : State;

    [Cold]
    [IgnoreEvents(typeof(FaultsEnded))]
    private sealed class Healthy : State;
}
