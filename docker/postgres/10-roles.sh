# Run by PostgreSQL's image when its volume is empty. The application's role can create nothing; migrations grant it the
# rest. Audit rows are safe from it only because it is not the owner.
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" --set database="$POSTGRES_DB" <<'SQL'
CREATE ROLE orchestrator_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE orchestrator_app LOGIN PASSWORD :'app_password';
ALTER DATABASE :"database" OWNER TO orchestrator_owner;
SQL
