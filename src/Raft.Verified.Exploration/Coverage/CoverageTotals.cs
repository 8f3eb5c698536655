namespace Raft.Verified.Exploration.Coverage;

/// <summary>The total coverage of schedules, taken in the order of their numbers.</summary>
internal sealed class CoverageTotals
{
    // The number of points that the curve is thinned out to, whenever it has twice as many.
    private const int CurvePoints = 256;

    private long[] _counts = [];
    private readonly StateSet _states = new(CoverageReport.MaxStates);
    private readonly List<CurvePoint> _curve = [];
    private readonly List<int> _newAt = [];
    private long _schedules;
    private long _stride = 1;

    /// <summary>The number of abstract states reached so far.</summary>
    public int States => _states.Count;

    /// <summary>Adds a schedule.</summary>
    /// <returns>
    /// The numbers of decisions, rising, after which the schedule met a state that no earlier schedule had met. Valid
    /// until the next call.
    /// </returns>
    public IReadOnlyList<int> Add(ScheduleCoverage schedule)
    {
        _newAt.Clear();
        if (_counts.Length == 0)
        {
            _counts = new long[schedule.Counts.Length];
        }

        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += schedule.Counts[i];
        }

        for (int i = 0; i < schedule.States.Length; i++)
        {
            if (!_states.IsFull && _states.Add(schedule.States[i]))
            {
                _newAt.Add(schedule.At[i]);
            }
        }

        _schedules++;
        if (_schedules % _stride == 0)
        {
            _curve.Add(new CurvePoint(_schedules, _states.Count));
            if (_curve.Count == 2 * CurvePoints)
            {
                ThinOut();
            }
        }

        return _newAt;
    }

    /// <summary>Returns the coverage so far.</summary>
    public CoverageReport Read()
    {
        CurvePoint end = new(_schedules, _states.Count);
        return new CoverageReport
        {
            Schedules = _schedules,
            States = _states.Count,
            NewInLastTenth = _states.Count - StatesAfter(_schedules - (_schedules / 10)),
            Curve = _curve.Count > 0 && _curve[^1] == end ? [.. _curve] : [.. _curve, end],
            Counts = [.. _counts],
        };
    }

    private long StatesAfter(long schedules)
    {
        int last = _curve.FindLastIndex(point => point.Schedules <= schedules);
        return last < 0 ? 0 : _curve[last].States;
    }

    private void ThinOut()
    {
        for (int i = 0; i < CurvePoints; i++)
        {
            _curve[i] = _curve[(2 * i) + 1];
        }

        _curve.RemoveRange(CurvePoints, CurvePoints);
        _stride *= 2;
    }
}
