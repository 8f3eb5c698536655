using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Coverage;

/// <summary>Gathers the abstract states that one run meets.</summary>
/// <param name="run">The run.</param>
/// <param name="decisions">
/// The decisions of the run's schedule, which are counted where the run meets a new state.
/// </param>
/// <param name="known">The states that the worker has met so far; those of this run are added.</param>
internal sealed class CoverageRecorder(IExploredRun run, IReadOnlyCollection<int> decisions, StateSet known)
{
    private readonly List<ulong> _new = [];
    private readonly List<int> _newAt = [];
    private ulong _last;

    /// <summary>Passes the step on to the run, and records the state that the step has led to.</summary>
    public void AfterStep()
    {
        run.AfterStep();
        ulong state = run.AbstractState;
        if (state != 0 && state != _last)
        {
            _last = state;
            if (known.Add(state))
            {
                Remember(state);
            }
        }
    }

    /// <summary>Returns the coverage of the run. Must be called once, at the end of the run.</summary>
    public ScheduleCoverage Take() => new(run.Counts, [.. _new], [.. _newAt]);

    // A worker whose set is full starts over. It then reports some states again, which does no harm.
    private void Remember(ulong state)
    {
        _new.Add(state);
        _newAt.Add(decisions.Count);
        if (known.IsFull)
        {
            known.Clear();
        }
    }
}
