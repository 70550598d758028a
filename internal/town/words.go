package town

import (
	"math/rand/v2"
	"strings"
)

// The words of the town: some stand in most texts, as in a real portfolio, so
// that a search for them finds thousands.
var (
	given = []string{"Ana", "Bruno", "Carla", "Diego", "Elena", "Facundo", "Gabriela", "Hugo", "Inés", "Joaquín", "Karina", "Leandro",
		"Marta", "Nicolás", "Olga", "Pablo", "Romina", "Sergio", "Tamara", "Ulises", "Vera", "Walter", "Ximena", "Yamila", "Zoe"}
	family = []string{"Acosta", "Benítez", "Cabrera", "Domínguez", "Escobar", "Ferreyra", "Giménez", "Herrera", "Ibáñez", "Juárez",
		"Ledesma", "Medina", "Núñez", "Ojeda", "Peralta", "Quiroga", "Ríos", "Sosa", "Toledo", "Urquiza", "Vega", "Zárate"}
	things = []string{"Bicisendas", "Aulas abiertas", "Huertas", "Talleres de oficios", "Paradas seguras", "Bibliotecas de barrio", "Ferias",
		"Turnos por teléfono", "Sensores de ruido", "Puntos de reciclado", "Becas de programación", "Fondo semilla", "Mapas de veredas",
		"Wifi en plazas", "Vivienda prestada", "Comedores", "Patios escolares", "Cámaras de tránsito", "Trámites sin papel",
		"Datos de transporte", "Orquestas juveniles", "Mercados", "Centros de día", "Luminarias led", "Compras conjuntas",
		"Mentores de empresas", "Guardias de salud", "Simulacros", "Archivos de fotos", "Carriles de colectivo", "Juegotecas",
		"Cursos de idiomas", "Árboles nuevos", "Incubadora de diseño", "Alarmas vecinales", "Salas de ensayo", "Tarjeta de beneficios",
		"Consultas en línea", "Pasantías", "Mesas de ajedrez"}
	manners = []string{"para la primera infancia", "con vecinos", "en red", "de verano", "para personas mayores", "compartidas", "a demanda",
		"de madrugada", "con universidades", "accesibles", "itinerantes", "para quienes cuidan", "con energía solar", "de cercanía",
		"para jóvenes", "con voluntarios", "por turnos", "de acceso libre", "con cooperativas", "para mujeres que emprenden",
		"con lengua de señas", "los fines de semana", "de segunda mano", "para migrantes", "con medición abierta"}
	openings = []string{"Hoy la espera es larga y nadie sabe a quién preguntar.", "Cada organismo guarda sus datos y los vecinos los repiten.",
		"Quien trabaja todo el día no llega a los horarios.", "La demanda creció y los lugares son los mismos.",
		"Hay experiencias buenas en pocas escuelas y no se cuentan.", "Los reclamos se repiten todos los inviernos."}
	middles = []string{"Se propone un programa con equipos de la Ciudad, organizaciones y empresas del barrio.",
		"La iniciativa suma un servicio digital y una ventanilla que responde en el día.",
		"Se arma con lo que ya existe: espacios, personas y una plataforma común.",
		"Cada comuna elige el lugar y la Ciudad pone el equipamiento y la formación.",
		"El proyecto empieza en dos comunas y crece si los datos lo acompañan."}
	endings = []string{"Se mide cada trimestre con un indicador de impacto y una línea de base.", "El costo por persona baja a partir del segundo año.",
		"Los resultados se publican para que otras ciudades los usen.", "Las familias reciben aviso y pueden opinar sobre el servicio.",
		"La comunidad participa en el diseño y en el control."}
	remarks = []string{"Conviene sumar a la comuna antes de la reunión.", "El presupuesto alcanza para la primera etapa.",
		"Nuestro equipo puede prestar dos técnicos.", "Falta ver cómo se mantiene después del primer año.",
		"Ya probamos algo parecido y lo que costó fue la logística.", "Propongo empezar por las escuelas de jornada completa."}
	tags      = []string{"verde", "escuela", "transporte", "cultura", "salud", "seguridad", "deporte", "agua", "ruido", "basura", "perros", "noche"}
	questions = []string{"¿Cuándo empieza en mi barrio y cómo me anoto?", "¿Se puede pedir para una escuela privada con subsidio?",
		"¿Qué pasa con los datos de quienes participan?", "¿Por qué no está incluida la zona sur desde el principio?",
		"¿Cuánto cuesta por año y de dónde sale el dinero?"}
)

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func name(r *rand.Rand) string { return pick(r, given) + " " + pick(r, family) + " " + pick(r, family) }

func title(r *rand.Rand, place string) string {
	return pick(r, things) + " " + pick(r, manners) + " en " + place
}

// text is a few sentences, about thirty words to a round.
func text(r *rand.Rand, rounds int) string {
	var out []string
	for range rounds {
		out = append(out, pick(r, openings), pick(r, middles), pick(r, endings))
	}
	return strings.Join(out, " ")
}
