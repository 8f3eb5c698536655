namespace Raft.Verified.Exploration.Runtime;

/// <summary>A process: tasks, timers and randomness that die or pause together.</summary>
public interface ISimulatedProcess
{
    /// <summary>The server that the process belongs to; 0 for the environment.</summary>
    int Actor { get; }

    /// <summary>Starts a task in the process.</summary>
    /// <param name="name">The name shown in readable schedules.</param>
    /// <param name="body">The task's body.</param>
    /// <returns>A task that completes as <paramref name="body"/> does.</returns>
    Task Start(string name, Func<Task> body);

    /// <summary>The process's clock.</summary>
    TimeProvider Time { get; }

    /// <summary>The randomness of the process; every value is a decision.</summary>
    Random Random { get; }

    /// <summary>Ends the process between two steps: none of its code ever runs again.</summary>
    void Kill();

    /// <summary>Stops the process until <see cref="Resume"/>; operations that become ready wait.</summary>
    void Pause();

    /// <summary>Ends a pause.</summary>
    void Resume();

    /// <summary>
    /// Checks in with the engine before each visible act of the process: an event, a message, a write. An engine that
    /// ends and pauses processes between their steps has nothing to do here. Any other engine makes a paused process
    /// wait here, and stops a dead one.
    /// </summary>
    /// <exception cref="ProcessEndedException">The process has ended.</exception>
    void BeforeActing();

    /// <summary>Calls <paramref name="action"/> after the process has run this many more steps, before it runs another.</summary>
    void AfterSteps(int steps, Action action);
}
