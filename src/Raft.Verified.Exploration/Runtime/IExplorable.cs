using System.Reflection;

namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// A program of tasks, timers and other operations that can be explored. The engine knows nothing else of the program.
/// Each schedule is a new run of it (<see cref="Begin"/>), which must depend only on the decisions of its simulation.
/// </summary>
public interface IExplorable
{
    /// <summary>The name that users give: lower case, words joined by hyphens.</summary>
    string Name { get; }

    /// <summary>The assembly that contains the program. Schedules name its build.</summary>
    Assembly Assembly { get; }

    /// <summary>The clocks in which the program makes sense.</summary>
    Clocks Clocks => Clocks.Both;

    /// <summary>The number of actors, from 0: strategies may slow down any of the actors 1 to this. Labels call them S1, S2 and so on.</summary>
    int Actors => 0;

    /// <summary>The number of steps after which an untimed schedule becomes fair, unless the user says otherwise; at least 1.</summary>
    int UnfairSteps => ScheduleBounds.DefaultUnfairSteps;

    /// <summary>The names of the goals, which are events that must sometimes happen. At most 64.</summary>
    IReadOnlyList<string> GoalNames => [];

    /// <summary>The type by which the program's code names an actor; null when shrinking need not tell apart the tasks of one actor that are about several others.</summary>
    ActorIdentity? Identity => null;

    /// <summary>
    /// Returns true when a violation of the property means that something does not happen, rather than that something
    /// wrong happened. A shrunk schedule then goes on fairly to its end.
    /// </summary>
    /// <param name="property">The property's name.</param>
    bool IsEventual(string property) => false;

    /// <summary>Prepares a run of the program. Nothing of it may run before <see cref="IExploredRun.RunAsync"/>.</summary>
    /// <param name="simulation">The world to run in.</param>
    /// <param name="options">The purpose of the run.</param>
    IExploredRun Begin(ISimulation simulation, RunOptions options);
}
