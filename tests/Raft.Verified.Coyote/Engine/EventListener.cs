using Microsoft.Coyote.Specifications;
using Raft.Verified.Coyote.Monitors;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation;

namespace Raft.Verified.Coyote.Engine;

/// <summary>
/// The observer of a scenario under Coyote. It passes the event stream to Coyote's monitors, and lets the run
/// re-evaluate the conditions that its scenario waits for.
/// </summary>
internal sealed class EventListener : IRaftObserver
{
    public ScenarioRun? Run { get; set; }

    public void OnEvent(in RaftEvent raftEvent)
    {
        switch (raftEvent.Kind)
        {
            case RaftEventKind.RoleChanged when raftEvent.Role == Role.Leader:
                Specification.Monitor<OneLeaderPerTerm>(new OneLeaderPerTerm.Elected(raftEvent.Server.Value, raftEvent.Term.Value));
                break;
            case RaftEventKind.ClientCalled:
                Specification.Monitor<EveryOperationIsAnswered>(new EveryOperationIsAnswered.Called());
                break;
            case RaftEventKind.ClientAnswered:
                Specification.Monitor<EveryOperationIsAnswered>(new EveryOperationIsAnswered.Answered());
                break;
            default:
                break;
        }

        Run?.AfterStep();
    }
}
