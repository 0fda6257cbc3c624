using System.Numerics;
using SoftmaxGen;

namespace GameLoop;

/// <summary>A player and guards, moved by a seed.</summary>
internal sealed class World
{
    private const float FrameSeconds = 1 / 60f;

    private readonly Random _random = new(3);
    private readonly Vector3[] _guards;
    private readonly float[] _health;
    private Vector3 _player;
    private Vector3 _velocity;

    public World(int guards)
    {
        _guards = [.. Enumerable.Range(0, guards).Select(_ => Place(40))];
        _health = [.. Enumerable.Range(0, guards).Select(_ => _random.NextSingle())];
    }

    /// <summary>Gets how often each move was chosen.</summary>
    public long[] Moves { get; } = new long[GuardModel.Classes];

    /// <summary>Moves the world by a frame: each guard decides anew.</summary>
    public void Step(GuardModel mind)
    {
        _velocity = Vector3.Clamp(_velocity + Place(0.5f), new Vector3(-5), new Vector3(5));
        _player += _velocity * FrameSeconds;
        for (int i = 0; i < _guards.Length; i++)
        {
            Vector3 way = _player - _guards[i];
            Situation situation = Situation.Of(way, _velocity, _health[i], seesPlayer: way.Y < 10);
            Move move = mind.Predict(in situation);
            Moves[(int)move]++;
            _guards[i] += FrameSeconds * (move switch
            {
                Move.Chase => Vector3.Normalize(way) * 4,
                Move.Flee => Vector3.Normalize(way) * -5,
                Move.Patrol => Place(2),
                _ => Vector3.Zero,
            });
        }
    }

    /// <summary>Trains the mind on what a designer has decided in many situations, some of it by mistake.</summary>
    public static TrainingResult<GuardModel> Train()
    {
        var world = new World(guards: 1);
        var situations = new Situation[4000];
        var moves = new Move[situations.Length];
        for (int i = 0; i < situations.Length; i++)
        {
            float health = world._random.NextSingle();
            bool sees = world._random.Next(3) > 0;
            Vector3 way = world.Place(20 * world._random.NextSingle());
            situations[i] = Situation.Of(way, world.Place(5), health, sees);
            Move best = !sees ? Move.Patrol : health < 0.3f ? Move.Flee : way.Length() < 2 ? Move.Attack : way.Length() < 8 ? Move.Chase : Move.Patrol;
            moves[i] = world._random.Next(20) == 0 ? (Move)world._random.Next(4) : best;
        }

        return GuardModel.Train(situations, moves);
    }

    private Vector3 Place(float reach) => new(Coordinate(reach), Coordinate(reach), Coordinate(reach));

    private float Coordinate(float reach) => reach * ((2 * _random.NextSingle()) - 1);
}
